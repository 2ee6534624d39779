//! Charts in other languages, and what their files carry of the font.

use sha2::{Digest as _, Sha256};

use super::common::Desk;
use super::ukraine::MADE;

/// A desk with the record of Ukraine 2022.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("humstat.db", &MADE.ledger);
    desk
}

const BARS: &str = "chart bars --indicator border_crossings --origin UKR --at 2022-03-08";

#[test]
fn a_chart_in_french_says_what_is_still_english() {
    let desk = desk();
    let chart = desk
        .run(&format!("{BARS} --lang fr"))
        .succeeds()
        .says("not translated into French: the title, the subtitle,")
        .says("give title and subtitle yourself")
        .answers("xml:lang=\"fr\"")
        .answers(">Pologne<")
        .answers(">Autres pays européens<")
        .answers(">au 6 mars<")
        .answers(">1\u{202f}412\u{202f}503<")
        .answers("publié le 6 septembre 2022");
    assert!(!chart.stdout.contains(">Poland<"));
    let words = "--title \"La Pologne en tête\" --subtitle \"Passages, mars 2022\"";
    let chart = desk
        .run(&format!("{BARS} --lang fr {words}"))
        .succeeds()
        .says("not translated into French: names of indicators");
    assert!(!chart.stderr.contains("give title"));
    let chart = desk.run(BARS).succeeds();
    assert!(!chart.stderr.contains("not translated"));
}

#[test]
fn a_chart_in_arabic_runs_from_right_to_left() {
    let desk = desk();
    let chart = desk
        .run(&format!("{BARS} --lang ar"))
        .succeeds()
        .says("not translated into Arabic: the title, the subtitle,")
        .answers("xml:lang=\"ar\"")
        .answers("class=\"title\" x=\"830\"")
        .answers(">بولندا</text>")
        .answers("\u{202b}المصدر: UNHCR")
        .answers("@font-face{font-family:'Noto Sans Arabic ");
    assert!(!chart.stdout.contains(">Poland<"));
    let titled = "--title \"معظم الذين فروا من أوكرانيا عبروا إلى بولندا\" \
                  --subtitle \"عمليات عبور الحدود، شخص، مارس 2022\"";
    let found = desk
        .run(&format!("{BARS} --lang ar --lint {titled}"))
        .succeeds();
    assert!(!found.stderr.contains("point "), "{}", found.stderr);
    desk.run(&format!("{BARS} --lang ar --alt"))
        .succeeds()
        .answers("بولندا: 1,412,503");
    let shapes = desk.run(&format!("{BARS} --lang ar --outline")).succeeds();
    assert!(!shapes.stdout.contains("<text") && !shapes.stdout.contains("@font-face"));
}

#[test]
fn pictures_in_arabic_are_the_same_everywhere() {
    let desk = desk();
    let kinds = ["bars", "line", "table", "flow", "map"];
    let hashes: Vec<String> = kinds
        .into_iter()
        .map(|kind| {
            let what = BARS.replacen("bars", kind, 1);
            desk.run(&format!("{what} --lang ar -o {kind}.png"))
                .succeeds();
            let bytes = std::fs::read(desk.path(&format!("{kind}.png"))).unwrap();
            let hash: String = Sha256::digest(bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            format!("{hash}  {kind}")
        })
        .collect();
    insta::assert_snapshot!(hashes.join("\n"), @r"
    8435599877a9db6389d9eafdee2da0139ce27ae22275e3a69dff565c80e228d6  bars
    42e8ef7b8718a2b5e9ae03f0431e3010bbf5413b80c0ad289bc3af78121ae8ed  line
    210929d13a92f0d6a846921bbb19bf9d47c23d46af905e8b01897e5ac40d8e5c  table
    1e1e9f68ae0cce747dbd71145799b8eef38fadde835168d4aefe496befba08cb  flow
    6fb28d4827fcadf10bdb480a3c9eb49e300f8e5d00bfd1dcd505ee086c9e956b  map
    ");
}

#[test]
fn an_svg_carries_its_font_or_shapes() {
    let desk = desk();
    desk.run(BARS)
        .succeeds()
        .answers("@font-face{font-family:'Noto Sans ")
        .answers("';font-weight:700;src:url(data:font/ttf;base64,")
        .answers(">Poland</text>");
    let shapes = desk.run(&format!("{BARS} --outline")).succeeds();
    assert!(!shapes.stdout.contains("<text") && !shapes.stdout.contains("@font-face"));
    assert!(shapes.stdout.contains("<title id=\"chart-title\">"));
    desk.run(&format!("{BARS} --outline -o bars.png"))
        .fails()
        .says("a PNG has no text");
    desk.run(&format!("{BARS} -o bars.pdf"))
        .fails()
        .says("write an .svg with --outline");
}

#[test]
fn a_plan_draws_in_a_language() {
    let desk = desk();
    desk.put(
        "plan.toml",
        "title = \"Ukraine\"\noutput = \"out\"\n\
         [[chart]]\nname = \"bars\"\nkind = \"bars\"\nlang = \"uk\"\n\
         select = { indicator = \"border_crossings\", origin = \"UKR\", at = \"2022-03-08\" }\n",
    );
    desk.run("run plan.toml")
        .succeeds()
        .says("`bars`: not translated into Ukrainian");
    let chart = std::fs::read_to_string(desk.path("out/bars.svg")).unwrap();
    assert!(chart.contains(">Польща<") && chart.contains("Джерело: "));
    desk.put("plan.toml", "title = \"Ukraine\"\noutput = \"out\"\n[[chart]]\nname = \"bars\"\nkind = \"bars\"\nlang = \"xx\"\nselect = {}\n");
    desk.run("run plan.toml")
        .fails()
        .says("`xx` is no language");
}
