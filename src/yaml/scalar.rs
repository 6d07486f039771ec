//! Scalars → values: numbers, dates, lengths of time, addresses.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::model::{Every, EveryUnit, Value};

/// Longer numbers are nobody's; reading a million digits takes a while.
const MAX_DIGITS: usize = 18;

/// Why a text is no integer or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotANumber {
    NoNumber,
    TooLong,
}

/// A decimal integer with an optional sign; no `0o17`, `1_000` or `1e3`.
pub(super) fn integer(text: &str) -> Result<i64, NotANumber> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotANumber::NoNumber);
    }
    if digits.len() > MAX_DIGITS {
        return Err(NotANumber::TooLong);
    }
    text.parse().map_err(|_| NotANumber::TooLong)
}

/// A decimal number: `99.9`, `-1`, `.5`, `1e-3`; no `.inf` and `.nan`.
pub(super) fn number(text: &str) -> Result<f64, NotANumber> {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E');
    if !text.bytes().any(|byte| byte.is_ascii_digit()) || !text.bytes().all(is_part) {
        return Err(NotANumber::NoNumber);
    }
    if text.len() > 2 * MAX_DIGITS {
        return Err(NotANumber::TooLong);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => Err(NotANumber::TooLong),
        Err(_) => Err(NotANumber::NoNumber),
    }
}

/// `true` or `false`; else the one that was probably meant.
pub(super) fn boolean(text: &str) -> Result<bool, Option<bool>> {
    match text {
        "true" => return Ok(true),
        "false" => return Ok(false),
        _ => {}
    }
    Err(match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "0" => Some(false),
        _ => None,
    })
}

/// `2026-11-20`, or why not where more can be said than that it is no date.
pub(super) fn date(text: &str) -> Result<Date, Option<String>> {
    if text.get(..10).is_some_and(|date| numbers(date, [4, 2, 2]).is_some()) && text.len() > 10 {
        return Err(Some("a day without a time is wanted".into()));
    }
    let Some([year, month, day]) = numbers(text, [4, 2, 2]) else { return Err(None) };
    if !(1..=12).contains(&month) {
        return Err(Some(format!("there is no month {month:02}")));
    }
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return Err(None);
    };
    if year == 0 {
        return Err(Some("there is no year 0000".into()));
    }
    let days = days_in_month(year, month);
    if !(1..=days).contains(&day) {
        return Err(Some(format!("{} {year} has {days} days", month_name(month))));
    }
    Date::new(year, month, day).map_err(|_| None)
}

/// Days of a month (1-12) of the Gregorian calendar.
pub fn days_in_month(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(31, |first| first.days_in_month())
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("this month")
}

/// Three numbers of the given widths, separated by hyphens.
fn numbers(text: &str, widths: [usize; 3]) -> Option<[u16; 3]> {
    let mut parts = text.split('-');
    let mut found = [0; 3];
    for (slot, width) in found.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// A point in time with its zone, or why not where more can be said.
pub(super) fn timestamp(text: &str) -> Result<Timestamp, Option<String>> {
    // The calendar first: its reasons are better than the parser's.
    let day = text.get(..10).unwrap_or(text);
    if let Err(Some(why)) = date(day) {
        return Err(Some(why));
    }
    if text.len() <= 10 && date(text).is_ok() {
        return Err(Some("the time is missing".into()));
    }
    match text.parse::<Timestamp>() {
        Ok(timestamp) => Ok(timestamp),
        Err(_) if text.parse::<DateTime>().is_ok() => Err(Some("the zone is missing".into())),
        Err(_) => Err(None),
    }
}

/// Why a text is no length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotEvery {
    NoLength,
    /// Not from 1 to 10,000.
    OutOfRange,
}

/// `6 months`, `90 days`, `1 year`.
pub(super) fn every(text: &str) -> Result<Every, NotEvery> {
    let (count, unit) = text.split_once(' ').ok_or(NotEvery::NoLength)?;
    let unit = match unit.trim() {
        "day" | "days" => EveryUnit::Days,
        "week" | "weeks" => EveryUnit::Weeks,
        "month" | "months" => EveryUnit::Months,
        "year" | "years" => EveryUnit::Years,
        _ => return Err(NotEvery::NoLength),
    };
    match integer(count) {
        Ok(count) => match u32::try_from(count) {
            Ok(count @ 1..=10_000) => Ok(Every { count, unit }),
            _ => Err(NotEvery::OutOfRange),
        },
        Err(NotANumber::TooLong) => Err(NotEvery::OutOfRange),
        Err(NotANumber::NoNumber) => Err(NotEvery::NoLength),
    }
}

/// The schemes an address may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlSchemes {
    Web,
    WebAndMail,
}

/// Whether `text` is a full address with one of the schemes, safe to put into a link.
pub fn is_url(text: &str, schemes: UrlSchemes) -> bool {
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\')) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let authority =
                rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
            authority.is_some_and(|authority| !authority.is_empty())
        }
        "mailto" => schemes == UrlSchemes::WebAndMail && !rest.is_empty(),
        _ => false,
    }
}

/// What an unquoted scalar means where no key says what it should be (YAML's core schema).
pub(super) fn free(text: &str) -> Value {
    match text {
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if let Ok(integer) = integer(text) {
        return Value::Integer(integer);
    }
    match number(text) {
        Ok(number) => Value::Float(number),
        Err(_) => Value::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_read_strictly() {
        for (text, expected) in [("3", Ok(3)), ("-3", Ok(-3)), ("+3", Ok(3))] {
            assert_eq!(integer(text), expected, "{text}");
        }
        for text in ["", "-", "0o17", "0x1f", "1_000", "1e3", "3.0", "12:30", "３", ".inf"] {
            assert_eq!(integer(text), Err(NotANumber::NoNumber), "{text}");
        }
        assert_eq!(integer(&"9".repeat(1_000_000)), Err(NotANumber::TooLong));
        for (text, expected) in [("0.5", 0.5), (".5", 0.5), ("1e-3", 0.001), ("99", 99.0)] {
            assert_eq!(number(text), Ok(expected), "{text}");
        }
        for text in [".inf", ".nan", "NaN", "inf", "1_0", "e", ".", "1e", "--1"] {
            assert_eq!(number(text), Err(NotANumber::NoNumber), "{text}");
        }
        assert_eq!(number("1e999"), Err(NotANumber::TooLong));
    }

    #[test]
    fn dates_say_what_is_wrong_with_them() {
        for (text, why) in [
            ("2026-02-30", Some("February 2026 has 28 days")),
            ("2024-02-30", Some("February 2024 has 29 days")),
            ("2026-13-01", Some("there is no month 13")),
            ("0000-00-00", Some("there is no month 00")),
            ("0000-01-01", Some("there is no year 0000")),
            ("2026-04-00", Some("April 2026 has 30 days")),
            ("2026-11-20T09:30:00Z", Some("a day without a time is wanted")),
            ("20.11.2026", None),
            ("2026-1-1", None),
            ("２０２６-11-20", None),
        ] {
            assert_eq!(date(text), Err(why.map(str::to_owned)), "{text}");
        }
        for text in ["2024-02-29", "9999-12-31", "0001-01-01"] {
            assert!(date(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn times_need_a_zone() {
        for (text, why) in [
            ("2026-11-20", Some("the time is missing")),
            ("2026-11-20T09:30:00", Some("the zone is missing")),
            ("2026-02-30T09:30:00Z", Some("February 2026 has 28 days")),
            ("2026-11-20T25:00:00Z", None),
            ("yesterday", None),
        ] {
            assert_eq!(timestamp(text), Err(why.map(str::to_owned)), "{text}");
        }
        for text in ["2026-11-20T09:30:00Z", "2026-11-20T09:30:00+09:00", "2026-11-20 09:30:00-08:00"] {
            assert!(timestamp(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn lengths_of_time() {
        assert_eq!(every("6 months"), Ok(Every { count: 6, unit: EveryUnit::Months }));
        assert_eq!(every("1 year"), Ok(Every { count: 1, unit: EveryUnit::Years }));
        for text in ["6", "months", "six months", "6months", "6 moons", ""] {
            assert_eq!(every(text), Err(NotEvery::NoLength), "{text}");
        }
        for text in ["0 days", "-1 days", "999999999 years", "99999999999999999999999 days"] {
            assert_eq!(every(text), Err(NotEvery::OutOfRange), "{text}");
        }
    }

    #[test]
    fn only_harmless_addresses() {
        for text in
            ["https://example.com", "HTTP://example.com/a?b#c", "http://[::1]:8080/", "https://例え.jp/"]
        {
            assert!(is_url(text, UrlSchemes::Web), "{text}");
        }
        assert!(is_url("mailto:sre@example.com", UrlSchemes::WebAndMail));
        assert!(!is_url("mailto:sre@example.com", UrlSchemes::Web));
        for text in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            " https://example.com",
            "data:text/html,x",
            "//example.com",
            "/page",
            "page",
            "https:",
            "https:///path",
            "https://a b",
            "vbscript:x",
        ] {
            assert!(!is_url(text, UrlSchemes::WebAndMail), "{text}");
        }
    }
}
