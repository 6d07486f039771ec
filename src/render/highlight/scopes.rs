//! Highlights with syntect's syntaxes: a stack of scopes becomes a stack of classes.

use std::borrow::Cow;

use syntect::parsing::{ClearAmount, ParseState, ScopeStackOp, SyntaxSet};

use super::class::Class;
use super::paint::{self, Painter};

/// Longer lines are plain, in bytes: a syntax tries its patterns again from every token to the end
/// of the line, which takes the square of its length, and some go back and forth over every run of
/// blanks on the way.
const LINE: usize = 2048;

/// What a block may cost; when it is spent, the rest is plain. Counted rather than timed, so that
/// the same block gives the same HTML on any machine. Worth 400 lines of code as people write
/// it, 50 of a wide log, and about a second of the worst that could be thought of.
const BUDGET: usize = 2_000_000;

/// What a line has cost: for each of its tokens a look at what follows, and what patterns may do
/// without finding any token.
fn cost(line: &str, operations: usize) -> usize {
    let length = line.len().min(LINE);
    (operations + 48) * (length + 32) + length.pow(3) / 512
}

/// Highlights `text` with the syntax called `name`; a syntax that is missing gives plain text.
pub fn highlight(syntaxes: &SyntaxSet, name: &str, text: &str) -> String {
    let Some(syntax) = syntaxes.find_syntax_by_name(name) else { return paint::plain(text) };
    let mut state = ParseState::new(syntax);
    let mut classes = Classes::default();
    let mut painter = Painter::new(text.len());
    let mut left = BUDGET;
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        if left == 0 {
            break;
        }
        if line.len() > LINE {
            painter.add(line, Class::Plain);
        } else {
            // Syntaxes find the end of a line by its line feed.
            let whole =
                if line.ends_with('\n') { Cow::Borrowed(line) } else { Cow::Owned(format!("{line}\n")) };
            let Ok(operations) = state.parse_line(&whole, syntaxes) else { break };
            paint_line(line, &operations, &mut classes, &mut painter);
            left = left.saturating_sub(cost(line, operations.len()));
        }
        rest = rest.get(line.len()..).unwrap_or_default();
    }
    painter.add(rest, Class::Plain);
    painter.finish()
}

fn paint_line(
    line: &str,
    operations: &[(usize, ScopeStackOp)],
    classes: &mut Classes,
    painter: &mut Painter,
) {
    let mut done = 0;
    for (at, operation) in operations {
        // Operations come in order and on character boundaries; were one not to, nothing of the
        // text would be lost: it would only be painted with what follows.
        if let Some(text) = line.get(done..(*at).min(line.len())) {
            painter.add(text, classes.top());
            done += text.len();
        }
        classes.apply(operation);
    }
    painter.add(line.get(done..).unwrap_or_default(), classes.top());
}

/// The classes of the open scopes, outermost first, each with regard to those around it.
#[derive(Debug, Default)]
struct Classes {
    open: Vec<Class>,
    /// What `clear_scopes` took away, to be given back.
    cleared: Vec<Vec<Class>>,
}

impl Classes {
    fn top(&self) -> Class {
        self.open.last().copied().unwrap_or(Class::Plain)
    }

    fn apply(&mut self, operation: &ScopeStackOp) {
        match operation {
            ScopeStackOp::Push(scope) => self.open.push(Class::within(*scope, self.top())),
            ScopeStackOp::Pop(count) => self.open.truncate(self.open.len().saturating_sub(*count)),
            ScopeStackOp::Clear(amount) => {
                let keep = match amount {
                    ClearAmount::TopN(count) => self.open.len().saturating_sub(*count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.open.split_off(keep));
            }
            ScopeStackOp::Restore => self.open.extend(self.cleared.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }
}
