//! What a character is, as far as markdown cares: wide, punctuation, a bracket.

use unicode_normalization::char::is_combining_mark;

/// Whether `c` is set in a full square and written without spaces between words: kana, Han
/// characters, and their punctuation. Hangul is not: Korean separates words by spaces.
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{312F}' | '\u{3190}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF01}'..='\u{FF9F}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}' | '\u{1F200}'..='\u{1F202}'
        | '\u{1F210}'..='\u{1F23B}' | '\u{20000}'..='\u{3FFFD}')
}

/// Wide characters that are read, not punctuation: kana and Han characters.
pub fn is_wide_letter(c: char) -> bool {
    matches!(c,
        '々'..='〇' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー'..='ヿ' | '\u{3105}'..='\u{312F}'
        | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{A48C}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}' | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Wide characters, Hangul, and the selectors that choose a variant of an ideograph.
pub fn is_cjk(c: char) -> bool {
    is_wide(c)
        || matches!(c,
            '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FB}' | '\u{FFA0}'..='\u{FFDC}' | '\u{E0100}'..='\u{E01EF}')
}

/// Punctuation and symbols. Near enough to Unicode's categories P and S for deciding where
/// emphasis may stand: what is neither a letter, a digit, a mark, a space nor invisible.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !is_combining_mark(c) && !is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Characters that open something: no emphasis ends right behind one.
pub fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '<'
            | '「'
            | '『'
            | '（'
            | '〔'
            | '［'
            | '｛'
            | '〈'
            | '《'
            | '【'
            | '〖'
            | '〘'
            | '〚'
            | '〝'
            | '“'
            | '‘'
            | '｢'
            | '«'
    )
}

/// Characters that close something: no emphasis begins right before one.
pub fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '>'
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '」'
            | '』'
            | '）'
            | '〕'
            | '］'
            | '｝'
            | '〉'
            | '》'
            | '】'
            | '〗'
            | '〙'
            | '〛'
            | '〟'
            | '”'
            | '’'
            | '｣'
            | '»'
            | '。'
            | '、'
            | '，'
            | '．'
            | '！'
            | '？'
            | '：'
            | '；'
            | '｡'
            | '､'
    )
}

/// Whether GitHub keeps `c` in the anchor of a heading: letters, marks, decimal and letter-like
/// numbers, and connectors such as `_`; not `①`, `½` or `²`.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    (c.is_alphanumeric() && !is_enclosed_or_fraction(c))
        || is_combining_mark(c)
        || matches!(
            c,
            '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'
                ..='\u{FE4F}' | '\u{FF3F}'
        )
}

/// Numbers that are no digits (category No), and circled letters (So), as far as people type them.
fn is_enclosed_or_fraction(c: char) -> bool {
    matches!(c,
        '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}'
        | '\u{2150}'..='\u{215F}' | '\u{2189}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}'
        | '\u{2CFD}' | '\u{3192}'..='\u{3195}' | '\u{3220}'..='\u{3229}' | '\u{3248}'..='\u{324F}'
        | '\u{3251}'..='\u{325F}' | '\u{3280}'..='\u{3289}' | '\u{32B1}'..='\u{32BF}' | '\u{1F100}'..='\u{1F1FF}')
}
