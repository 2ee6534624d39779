//! Situations by name: as a selection, and as the beginning of a desk of one's own.

use crate::common::Desk;

#[test]
fn the_name_of_a_situation_is_a_selection() {
    let desk = Desk::new();
    desk.run("run ukraine-2022 --out out").succeeds();
    let named = desk
        .run("summary --situation ukraine-2022 --at 2022-03-08 --total")
        .succeeds();
    let said = desk
        .run("summary --indicator border_crossings --origin UKR --channel unhcr/odp --at 2022-03-08 --total")
        .succeeds();
    assert_eq!(named.stdout, said.stdout);
    // What is said takes the place of what the situation says.
    let narrowed = desk
        .run("figures --situation ukraine-2022 --location POL --at 2022-03-08")
        .succeeds();
    assert_eq!(narrowed.rows().len(), 1);
    desk.run("summary --situation ukrain")
        .ends_with(2)
        .says("ukraine-2022");
    desk.put("plan.toml", "title = \"x\"\noutput = \"out\"\n");
    desk.run("summary --situation plan.toml")
        .ends_with(2)
        .says("add a [select] to it");
    desk.put(
        "plan.toml",
        "title = \"x\"\noutput = \"out\"\n[select]\nindicator = \"killed\"\n",
    );
    desk.run("figures --situation plan.toml").succeeds();
}

#[test]
fn a_desk_begins_with_a_situation_or_with_an_empty_plan() {
    let desk = Desk::new();
    desk.run("init sudan --situation sudan-2023").succeeds();
    let plan = std::fs::read_to_string(desk.path("sudan/plan.toml")).unwrap();
    assert!(plan.contains("output = \"charts\"") && plan.contains("--origin SDN"));
    assert!(desk.path("sudan/data").is_dir());
    desk.run("init sudan")
        .ends_with(1)
        .says("is there already, and nothing is overwritten");
    desk.run("init other --situation atlantis")
        .ends_with(2)
        .says("sudan-2023");
    // What comes with the program is drawn in the new place as well.
    desk.run("init ukraine --situation ukraine-2022").succeeds();
    desk.run("run ukraine/plan.toml").succeeds();
    assert!(desk.path("ukraine/charts/summary.csv").exists());
    desk.run("init empty").succeeds();
    desk.run("run empty/plan.toml").succeeds();
}
