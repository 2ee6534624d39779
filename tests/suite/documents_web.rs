//! Documents: web pages.

use super::documents::{published, read, refused};

fn body(inside: &str) -> String {
    read("page.html", format!("<!doctype html><body>{inside}</body>")).body
}

#[test]
fn blocks_part_and_inline_elements_do_not() {
    assert_eq!(
        body("<p>Some <b>4</b>,000 peo<i>ple</i> fled.<p>A second<br>line.<div>Third</div>"),
        "Some 4,000 people fled.\n\nA second\nline.\n\nThird"
    );
    assert_eq!(body("One<br><br>Two<br/>Three"), "One\n\nTwo\nThree");
    assert_eq!(
        body("Caf&eacute; &amp; 1&nbsp;000 &lt;3&shy;"),
        "Café & 1\u{a0}000 <3"
    );
    assert_eq!(body("a\n  <script>x = '<p>9</p>'</script>\n b"), "a b");
}

#[test]
fn the_mark_of_a_footnote_adds_no_digit() {
    assert_eq!(
        body("<p>1,234<sup><a href='#2'>2</a></sup> and 1<sup>st</sup>"),
        "1,234² and 1st"
    );
    assert_eq!(
        body("<p>Some <s>12</s> <del>13</del> 14 people"),
        "Some 14 people"
    );
}

#[test]
fn a_mark_that_a_style_raises_or_a_link_to_a_note_adds_no_digit() {
    for (inside, expected) in [
        (
            "315<span style=\"vertical-align: super\">2</span> people",
            "315² people",
        ),
        (
            "315<span style='font-size:8px; VERTICAL-ALIGN:sub !important'><b>2</b></span>",
            "315²",
        ),
        ("315<sup><small>2</small></sup> people", "315² people"),
        ("315<sub>2</sub> people", "315² people"),
        ("45<a href=\"#fn3\">3</a> people", "45³ people"),
        ("45<a href='/report#_ftn3'>[3]</a> people", "45[³] people"),
        (
            "killed 1,045.<a href='#n2'>2</a> Others",
            "killed 1,045.² Others",
        ),
        // No notes: what stands alone, in brackets of the text, or leads elsewhere.
        ("Some <a href='#camps'>45</a> camps", "Some 45 camps"),
        ("(<a href='#camps'>45</a> camps)", "(45 camps)"),
        ("4<a href='/more'>5</a> people", "45 people"),
        ("4<a href='#'>5</a> people", "45 people"),
        ("315<span style='vertical-align: top'>2</span>", "3152"),
    ] {
        assert_eq!(body(&format!("<p>{inside}")), expected, "{inside}");
    }
    assert_eq!(
        body("<p>Some <span style='text-decoration: line-through'>77</span>5 people"),
        "Some 5 people"
    );
}

#[test]
fn items_and_rows_have_a_line_each() {
    assert_eq!(
        body("<p>List:</p><ul><li>One<li><p>Two</p><li>Three <b>3</b></ul><p>End"),
        "List:\n\nOne\nTwo\nThree 3\n\nEnd"
    );
    assert_eq!(
        body(
            "<table><tr><th>Country<th>People<tr><td><p>Poland</p><td>1,204,403<tr><td><td>5</table>"
        ),
        "Country | People\nPoland | 1,204,403\n| 5"
    );
    assert_eq!(
        body("<table><tr><td>Left<td><table><tr><td>A<td>1<tr><td>B<td>2</table></table>"),
        "Left\n\nA | 1\nB | 2"
    );
}

const ARTICLE: &str = r##"<!doctype html><html lang="en-GB"><head><title>Exodus grows | Example Post</title>
<link rel="canonical" href="https://example.org/exodus"><meta property="og:site_name" content="Example Post">
<meta property="article:published_time" content="2022-03-08T09:30:00+01:00"><meta name="date" content="2020-01-01">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":["NewsArticle"],"headline":"Exodus grows","datePublished":"2022-03-08T08:31:00Z","dateModified":"2022-03-09T10:00:00Z",
"publisher":{"@id":"#org"}},{"@id":"#org","@type":"Organization","name":"The Example Post"}]}</script></head><body class="has-sidebar">
<header><a href="/">Example Post</a><nav><ul><li><a href="/w">World</a></ul></nav></header>
<div id="onetrust-banner">We use 999 cookies to count you.</div>
<div class="page"><article class="story"><h1>Exodus grows</h1><p class="standfirst">Two million have left.</p>
<div class="share-buttons">Share 45 times</div><p>Some 1,204,403 crossed into Poland, <a href="/x">officials said</a>.</p>
<figure><img src="x"><figcaption>A crossing on 7 March.</figcaption></figure>
<div class="ad-slot">Buy 2 for 1</div><section class="related-stories"><h2>Related</h2><article><h3>Other: 77 dead</h3></article></section>
<p>At least 14 people were hurt.</p><form>Sign up: 5 letters a week</form></article></div>
<aside><p>Most read: 500 things</p></aside><footer><p>© 2022</p></footer></body></html>"##;

#[test]
fn the_article_is_found_and_all_else_dropped() {
    assert_eq!(
        read("page.html", ARTICLE).body,
        "Exodus grows\n\nTwo million have left.\n\nSome 1,204,403 crossed into Poland, officials said.\n\n\
         A crossing on 7 March.\n\nAt least 14 people were hurt."
    );
}

#[test]
fn a_page_says_what_it_is() {
    let document = read("page.html", ARTICLE);
    assert_eq!(document.title.as_deref(), Some("Exodus grows"));
    assert_eq!(published(&document), "2022-03-08T08:31:00Z");
    assert_eq!(
        document.modified.unwrap().to_string(),
        "2022-03-09T10:00:00Z"
    );
    assert_eq!(document.publisher.as_deref(), Some("The Example Post"));
    assert_eq!(document.url.as_deref(), Some("https://example.org/exodus"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert!(document.entries.is_empty());
    let bare = read(
        "page.html",
        "<title>T</title><p>Text <time datetime='2022-03-08'>8 March</time>",
    );
    assert_eq!(bare.title.as_deref(), Some("T"));
    assert_eq!(published(&bare), "2022-03-08");
    let old = read(
        "page.html",
        "<meta name='DC.Date' content='2 March 2011'><p>Text",
    );
    assert_eq!(published(&old), "2011-03-02");
}

#[test]
fn a_page_in_an_old_encoding_says_so() {
    let page = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"></head><body><p>Беженцы</p>";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(page);
    assert_eq!(read("page.html", bytes).body, "Беженцы");
}

#[test]
fn a_page_that_is_one_form_is_read() {
    assert_eq!(
        body("<form id='aspnetForm'><p>Some 4,000 people fled.</p></form>"),
        "Some 4,000 people fled."
    );
}

#[test]
fn a_page_that_a_script_fills_is_refused() {
    let error = refused(
        "page.html",
        "<html><body><div id=root></div><script>load()</script></body></html>",
    );
    assert_eq!(
        error,
        "page.html holds no text: a script fills the page; save it from the browser as it is shown, as a page or a PDF"
    );
}

#[test]
fn a_live_blog_is_cut_into_its_entries() {
    let document = read(
        "live.html",
        r#"<html><head><script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"War live","datePublished":"2022-03-08T06:00:00Z",
        "liveBlogUpdate":[{"@type":"BlogPosting","headline":"Second","datePublished":"2022-03-08T09:00:00Z"}]}</script></head><body><main>
        <h1>War live</h1><p>What we know so far of this day.</p><div class="posts">
        <article><time datetime="2022-03-08T10:00:00Z">10:00</time><h2>Third</h2><p>Some 1,204,403 people crossed into Poland so far.</p></article>
        <article><h2>Second</h2><p>At least 14 people were hurt in the east of the country.</p></article>
        <article><time datetime="2022-03-08T08:00:00Z">08:00</time><p>There is no heading here, and 3 people were hurt.</p></article>
        </div></main></body></html>"#,
    );
    let entries: Vec<(&str, String, Option<&str>)> = document
        .entries
        .iter()
        .map(|entry| {
            let time = entry.published.unwrap().to_string();
            (
                &document.body[entry.range.clone()],
                time,
                entry.title.as_deref(),
            )
        })
        .collect();
    assert!(
        document
            .body
            .starts_with("War live\n\nWhat we know so far of this day.\n\n10:00")
    );
    assert_eq!(
        entries,
        [
            (
                "10:00\n\nThird\n\nSome 1,204,403 people crossed into Poland so far.",
                "2022-03-08T10:00:00Z".to_owned(),
                Some("Third")
            ),
            (
                "Second\n\nAt least 14 people were hurt in the east of the country.",
                "2022-03-08T09:00:00Z".to_owned(),
                Some("Second")
            ),
            (
                "08:00\n\nThere is no heading here, and 3 people were hurt.",
                "2022-03-08T08:00:00Z".to_owned(),
                None
            ),
        ]
    );
}

#[test]
fn a_live_blog_that_a_script_fills_is_read_from_what_it_says_of_itself() {
    let document = read(
        "live.html",
        r#"<html><head><script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"War live","liveBlogUpdate":[
        {"headline":"One","articleBody":"<p>Some 4,000 fled.</p><p>More.</p>","datePublished":"2022-03-08T09:00:00Z"},
        {"articleBody":"At least 14 hurt.","datePublished":"2022-03-08T08:00:00Z"}]}</script></head><body><div id="root">Loading</div></body></html>"#,
    );
    assert_eq!(
        document.body,
        "One\n\nSome 4,000 fled.\n\nMore.\n\nAt least 14 hurt."
    );
    assert_eq!(
        &document.body[document.entries[1].range.clone()],
        "At least 14 hurt."
    );
    assert_eq!(document.entries[0].title.as_deref(), Some("One"));
}
