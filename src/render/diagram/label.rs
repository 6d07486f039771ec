//! How wide a label is, and where it is broken into lines.
//!
//! Nobody has the reader's font when the site is built. Widths are those of the widest usual ones
//! (DejaVu Sans, Verdana), so that a label may have room to spare but is never cut.

/// Size of the text.
const SIZE: usize = 14;
/// Wider lines are broken, up to `MOST_LINES`, where that is not worse than a wider box.
const WIDEST: i32 = 168;
const MOST_LINES: usize = 3;

/// The lines of a label.
pub fn wrapped(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut best = (width(&text), vec![text.clone()]);
    for lines in 2..=MOST_LINES {
        if widest(&best.1) <= WIDEST {
            break;
        }
        if let Some(broken) = broken(&text, lines).filter(|(badness, _)| *badness < best.0) {
            best = broken;
        }
    }
    best.1
}

/// The width of a line.
pub fn width(line: &str) -> i32 {
    let thousandths: usize = line.chars().map(advance).sum();
    i32::try_from((thousandths * SIZE).div_ceil(1000)).unwrap_or(i32::MAX)
}

fn widest(lines: &[String]) -> i32 {
    lines.iter().map(|line| width(line)).max().unwrap_or(0)
}

/// The text in so many lines, as even as its words allow, and how bad that is: its width and the cost of
/// the breaks. `None` where it cannot be broken so often.
fn broken(text: &str, lines: usize) -> Option<(i32, Vec<String>)> {
    let places: Vec<(usize, i32)> = text
        .char_indices()
        .zip(text.chars().skip(1))
        .filter_map(|((at, before), after)| Some((at + before.len_utf8(), cost(before, after)?)))
        .collect();
    let mut best: Option<(i32, Vec<String>)> = None;
    for (number, (first, first_cost)) in places.iter().enumerate() {
        let (head, rest) = text.split_at_checked(*first)?;
        let others = places.get(number + 1..).unwrap_or_default();
        let seconds: &[(usize, i32)] = if lines > 2 { others } else { &[(text.len(), 0)] };
        for (second, second_cost) in seconds {
            let (middle, tail) = rest.split_at_checked(second - first)?;
            let parts = [head, middle, tail].map(|part| part.trim().to_owned());
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let badness = widest(&parts) + first_cost + second_cost;
            if best.as_ref().is_none_or(|(least, _)| badness < *least) {
                best = Some((badness, parts));
            }
        }
    }
    best
}

/// What a break between two letters costs, in units of width; `None` where there is no break.
fn cost(before: char, after: char) -> Option<i32> {
    if before == ' ' {
        return Some(0);
    }
    if matches!(before, '-' | '/') && after != ' ' {
        return Some(20);
    }
    let is_cut = after == ' ' || opens(before) || continues(after);
    if is_cut || !(is_wide(before) || is_wide(after)) {
        return None;
    }
    Some(match (script(before), script(after)) {
        // After a particle or an ending, and where one sort of word meets another.
        (Script::Hiragana, other) if other != Script::Hiragana => 0,
        (Script::Other, _) | (_, Script::Other) => 0,
        (Script::Kanji, Script::Katakana) | (Script::Katakana, Script::Kanji) => 10,
        _ => 120,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A0}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Katakana,
        '\u{3400}'..='\u{9FFF}' | '々' => Script::Kanji,
        _ => Script::Other,
    }
}

/// What does not begin a line.
fn continues(c: char) -> bool {
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々、。，．・：；！？」』）〕］｝〉》】’”)]},.!?:;"
        .contains(c)
}

/// What does not end a line.
fn opens(c: char) -> bool {
    "「『（〔［｛〈《【‘“([{".contains(c)
}

fn is_wide(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE6F}'
            | '\u{FF00}'..='\u{FF60}'
            | '\u{FFE0}'..='\u{FFE6}'
            | '\u{1F000}'..='\u{1FAFF}'
            | '\u{20000}'..='\u{3FFFD}'
    )
}

/// In thousandths of the size.
fn advance(c: char) -> usize {
    match c {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 330,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 420,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 990,
        'A'..='Z' => 780,
        '!'..='~' => 640,
        _ if is_wide(c) => 1000,
        _ => 800,
    }
}
