//! Code as a handbook has it: 5 to 25 lines of a dozen languages, nine blocks in ten distinct.
//!
//! A block is a few fragments of its language's file beside this one (separated by `===`), with the
//! gaps filled: `@a` a name in snake case, `@c` in camel case, `@T` in Pascal case, `@k` with
//! hyphens, `@n` a number, `@s` a few words.

/// Language and text, the same for the same count.
pub fn generate(count: usize) -> Vec<(&'static str, String)> {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut blocks: Vec<(&str, String)> = Vec::with_capacity(count);
    while blocks.len() < count {
        if !blocks.is_empty() && dice.below(10) == 0 {
            let again = blocks[dice.below(blocks.len())].clone();
            blocks.push(again);
            continue;
        }
        let (language, fragments) = LANGUAGES[dice.below(LANGUAGES.len())];
        let fragments: Vec<&str> = fragments.split("===\n").collect();
        let lines = 5 + dice.below(16);
        let mut text = String::new();
        while text.lines().count() < lines {
            fill(fragments[dice.below(fragments.len())], &mut dice, &mut text);
        }
        blocks.push((language, text));
    }
    blocks
}

const LANGUAGES: &[(&str, &str)] = &[
    ("yaml", include_str!("yaml.txt")),
    // What handbooks have most of.
    ("yaml", include_str!("yaml.txt")),
    ("bash", include_str!("bash.txt")),
    ("rust", include_str!("rust.txt")),
    ("go", include_str!("go.txt")),
    ("python", include_str!("python.txt")),
    ("javascript", include_str!("javascript.txt")),
    ("typescript", include_str!("typescript.txt")),
    ("sql", include_str!("sql.txt")),
    ("hcl", include_str!("hcl.txt")),
    ("json", include_str!("json.txt")),
    ("dockerfile", include_str!("dockerfile.txt")),
    ("promql", include_str!("promql.txt")),
    ("java", include_str!("java.txt")),
];

fn fill(fragment: &str, dice: &mut Dice, text: &mut String) {
    let mut pieces = fragment.split('@');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (gap, rest) = piece.split_at(1);
        match gap {
            "a" => text.push_str(&dice.words().join("_")),
            "k" => text.push_str(&dice.words().join("-")),
            "T" => dice.words().into_iter().for_each(|word| push_capitalised(word, text)),
            "c" => {
                let words = dice.words();
                text.push_str(words[0]);
                words[1..].iter().for_each(|word| push_capitalised(word, text));
            }
            "n" => {
                let limit = [10, 100, 1_000, 10_000][dice.below(4)];
                text.push_str(&dice.below(limit).to_string());
            }
            "s" => text.push_str(&[dice.words(), dice.words()].concat().join(" ")),
            // An `@` of the language itself.
            _ => {
                text.push('@');
                text.push_str(gap);
            }
        }
        text.push_str(rest);
    }
}

fn push_capitalised(word: &str, text: &mut String) {
    text.push_str(&word[..1].to_uppercase());
    text.push_str(&word[1..]);
}

/// A small generator of numbers, so that the corpus never changes.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    /// One to three words for a name.
    fn words(&mut self) -> Vec<&'static str> {
        let words: Vec<_> = WORDS.split(' ').collect();
        (0..1 + self.below(3)).map(|_| words[self.below(words.len())]).collect()
    }
}

const WORDS: &str = "account alert amount api archive asset backup batch billing block bucket budget buffer burn \
    cache canary capacity card cart catalog channel charge check client cluster config consumer counter credit \
    cursor customer dashboard data deadline delay deploy device digest domain drain drift edge email endpoint \
    error event expiry export failure feature feed fetch field filter flag flow frame gateway graph group guard \
    handler hash health history hook image import incident index ingest input instance invoice item job journal \
    key latency leader ledger level limit link list load lock log mail manifest member message metric mirror \
    model monitor network node notice object offer offset order owner packet page pager parser partner path \
    payment peer pipeline plan policy pool price probe process producer profile promo quota queue rate reader \
    record refund region release replica report request reserve resource response retry review risk role rollout \
    route rule sample schedule schema scope search secret segment server service session shard shipment signal \
    site slice snapshot source span stage state status stock storage store stream supplier sync table tag target \
    task team tenant ticket timeout token topic trace traffic transfer tunnel update upload usage user vault \
    vendor version volume wallet warehouse window worker writer zone";
