//! The day a build is made for.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diag::Failure;

/// Today in UTC, or the day of `SOURCE_DATE_EPOCH` (seconds since 1970-01-01,
/// <https://reproducible-builds.org/specs/source-date-epoch/>), so that a build can be repeated.
#[expect(clippy::disallowed_methods, reason = "the clock and the environment come in through source")]
pub fn today() -> Result<Date, Failure> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(
                || {
                    Failure::usage(format!(
                        "SOURCE_DATE_EPOCH is `{text}`; it must be a number of seconds since 1970-01-01"
                    ))
                },
            )?
        }
        // A clock before 1970 or after 9999 is a broken clock; the first day we can name does no harm.
        Err(_) => Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH),
    };
    Ok(now.to_zoned(TimeZone::UTC).date())
}
