//! Runs a program and says what it cost.

use std::io::{Error, Result};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::median;

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// User and system, of all threads.
    pub cpu_seconds: f64,
    pub wall_seconds: f64,
    /// The most memory it ever had, in MB of 10⁶ bytes.
    pub peak_megabytes: f64,
}

impl Cost {
    /// The median of every figure by itself.
    pub fn median(costs: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(costs.iter().map(figure).collect());
        Self {
            cpu_seconds: of(|cost| cost.cpu_seconds),
            wall_seconds: of(|cost| cost.wall_seconds),
            peak_megabytes: of(|cost| cost.peak_megabytes),
        }
    }
}

/// Runs `command` to its end, which has to be a good one. Nothing else may be started meanwhile: CPU
/// seconds are what our waited-for children have used.
pub fn run(command: &mut Command) -> Result<Cost> {
    let cpu_before = children_cpu_seconds()?;
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let mut peak_megabytes = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // The kernel keeps the peak, so nothing between two looks is lost but what is after the last.
        peak_megabytes = peak(child.id()).unwrap_or(peak_megabytes);
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall_seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(Error::other(format!("{command:?} ended with {status}")));
    }
    Ok(Cost { cpu_seconds: children_cpu_seconds()? - cpu_before, wall_seconds, peak_megabytes })
}

/// The most memory that a running process ever had, in MB.
pub fn peak(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kibibytes * 1_024.0 / 1e6)
}

/// CPU seconds of a running process.
pub fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    sum_of_ticks(&stat, 11)
}

fn children_cpu_seconds() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    sum_of_ticks(&stat, 13).ok_or_else(|| Error::other("/proc/self/stat cannot be understood"))
}

/// Two neighbouring fields in hundredths of a second, counted from behind the name, which may hold anything.
fn sum_of_ticks(stat: &str, field: usize) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(field);
    let [user, system]: [f64; 2] = [fields.next()?.parse().ok()?, fields.next()?.parse().ok()?];
    Some((user + system) / 100.0)
}
