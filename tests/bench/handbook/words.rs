//! 50,000 words of either language, drawn as language draws them: the word of rank r about 1/r as often.

use std::collections::BTreeSet;

use super::dice::Dice;

/// Words of one language by rank, the most frequent first.
pub struct Words {
    words: Vec<String>,
    /// Running sum of the frequencies.
    sums: Vec<f64>,
}

impl Words {
    fn new(words: Vec<String>) -> Self {
        let mut sum = 0.0;
        let frequency = |rank: usize| 1.0 / (rank as f64 + 2.7);
        let sums = (0..words.len())
            .map(|rank| {
                sum += frequency(rank);
                sum
            })
            .collect();
        Self { words, sums }
    }

    /// A word, frequent ones often.
    pub fn draw(&self, dice: &mut Dice) -> &str {
        let total = self.sums.last().copied().unwrap_or_default();
        let at = dice.share() * total;
        let rank = self.sums.partition_point(|sum| *sum < at);
        &self.words[rank.min(self.words.len() - 1)]
    }

    /// A word that is neither among the most frequent nor rare, such as titles are made of.
    pub fn middling(&self, dice: &mut Dice) -> &str {
        &self.words[dice.between(100, 3_000)]
    }
}

/// Everything sentences are made of.
pub struct Vocabulary {
    pub english: Words,
    pub japanese_nouns: Words,
    /// Stems that end in what `する` or `します` may follow.
    pub japanese_verbs: Words,
}

impl Vocabulary {
    pub fn new() -> Self {
        let mut dice = Dice::new(50_000);
        Self {
            english: Words::new(english(50_000, &mut dice)),
            japanese_nouns: Words::new(japanese(45_000, &mut dice)),
            japanese_verbs: Words::new(distinct(5_000, &mut dice, |dice, _| kanji(2, dice))),
        }
    }
}

fn english(count: usize, dice: &mut Dice) -> Vec<String> {
    let mut words: Vec<String> =
        COMMON.split_whitespace().chain(FIELD.split_whitespace()).map(str::to_owned).collect();
    let invented = distinct(count, dice, |dice, rank| {
        // Rare words are longer.
        let syllables = 1 + usize::from(rank > 300) + usize::from(rank > 5_000) + dice.below(2);
        (0..syllables).map(|_| syllable(dice)).collect()
    });
    let known: BTreeSet<&str> = COMMON.split_whitespace().chain(FIELD.split_whitespace()).collect();
    words.extend(invented.into_iter().filter(|word| !known.contains(word.as_str())));
    words.truncate(count);
    words
}

fn syllable(dice: &mut Dice) -> String {
    let onsets = [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl", "br", "gr",
        "sh",
    ];
    let vowels = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ea", "ou", "ai"];
    let codas = ["", "", "", "n", "r", "l", "s", "t", "nd", "st", "rk", "m"];
    [dice.pick(&onsets), dice.pick(&vowels), dice.pick(&codas)].concat()
}

fn japanese(count: usize, dice: &mut Dice) -> Vec<String> {
    let mut words: Vec<String> = FIELD_JA.split_whitespace().map(str::to_owned).collect();
    let known: BTreeSet<&str> = FIELD_JA.split_whitespace().collect();
    let invented = distinct(count, dice, |dice, rank| match dice.below(20) {
        0..=10 => {
            let length = 2 + usize::from(rank > 3_000 && dice.chance(40)) + usize::from(rank > 15_000);
            kanji(length, dice)
        }
        11..=17 => katakana(dice),
        _ => kanji(1, dice) + &hiragana(dice),
    });
    words.extend(invented.into_iter().filter(|word| !known.contains(word.as_str())));
    words.truncate(count);
    words
}

fn kanji(length: usize, dice: &mut Dice) -> String {
    letters(KANJI, length, dice)
}

fn katakana(dice: &mut Dice) -> String {
    let length = dice.between(2, 5);
    let mut word = letters(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロガギグゲゴダデドバビブベボパピプペポ",
        length,
        dice,
    );
    match dice.below(4) {
        0 => word.push('ー'),
        1 => word.push('ン'),
        _ => {}
    }
    word
}

fn hiragana(dice: &mut Dice) -> String {
    letters("いえきけしせちてにねびべみめりれ", 1 + dice.below(2), dice)
}

fn letters(from: &str, length: usize, dice: &mut Dice) -> String {
    // Every letter of these alphabets is three bytes long.
    (0..length)
        .map(|_| {
            let at = dice.below(from.len() / 3) * 3;
            &from[at..at + 3]
        })
        .collect()
}

/// `count` words without repetition.
fn distinct(count: usize, dice: &mut Dice, make: impl Fn(&mut Dice, usize) -> String) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut words = Vec::with_capacity(count);
    while words.len() < count {
        let word = make(dice, words.len());
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

const COMMON: &str = "the of and to a in is that it for on with as be by this are or from at not have was which \
    but what when we can an who they one there if their has more all will would about each other into only then \
    than so no time people first may them some do these its two how over any where after most before must through \
    between both such because should while still same own every until";

const FIELD: &str = "service team error budget request latency incident release change user review target window \
    alert level journey measure signal owner on-call rollback capacity queue timeout retry limit traffic load cache \
    region canary dashboard metric trace log runbook page severity customer dependency failure recovery backup \
    restore drill test deploy pipeline threshold percentile availability freshness correctness throughput pool \
    connection provider database replica shard partition schedule rotation handover decision exception policy \
    quarter meeting question answer evidence criterion practice role playbook postmortem action deadline risk cost \
    harm promise contract support ticket complaint probe client server network host cluster node container image \
    secret key certificate token session account payment order basket search report settlement invoice message \
    event stream batch job worker scheduler controller gateway proxy router edge origin storage volume snapshot";

const FIELD_JA: &str = "サービス チーム 障害 信頼性 目標 指標 利用者 変更 リリース エラー 予算 期間 アラート 担当 手順 記録 \
    会議 確認 対応 復旧 影響 原因 改善 判断 基準 役割 負荷 遅延 依存 データ 監視 設定 システム 環境 品質 計測 ログ 通知 \
    オンコール レビュー キュー タイムアウト リトライ 上限 容量 訓練 試験 配備 しきい値 可用性 鮮度 接続 提供元 データベース \
    複製 分割 予定 当番 引き継ぎ 決定 例外 方針 四半期 質問 回答 根拠 実践 ポストモーテム 期限 リスク 費用 約束 契約 \
    問い合わせ クライアント サーバー ネットワーク クラスター 証明書 鍵 セッション 支払い 注文 検索 報告 精算 メッセージ \
    イベント ジョブ ゲートウェイ 経路 保管 断面 件数 割合 画面 一覧 仕組み 状態 理由 場合 必要 時間 作業 結果 内容 方法 全体 一部";

const KANJI: &str = "一丁七万三上下不世両並中丸主久乗九乱予争事二互五井亜交京人今介仕他付代令以件任企伏休会伝位低住体何余作使例供価便係保信修個倍候値停健側備像優元兆先光入全公共兵具内円再写冬冷処出刀分切列初判別利制刷券刺則前割力功加助努労効動務勝勤包化北区医十千午半協単南博印危厚原去参友反収取受口古句可台史右号司各合同名向君否含告周味命品員商問善喜器四回因団困囲図固国園土圧在地坂均型城域基報場塩境増士声売変夏夕外多夜夢大天太夫央失奏女好如妙始姿威子字存学宅守安完官定宝実客室宮害容寄密富察寸対専射将尊小少局居届屋展層山岩岸島工左差己市布希師席帯常平年幸広床序底店度庫庭康延建弁式引弱張強当形影役後待律得復徳心必忘応念思急性恩息悪情想意愛感態成我戦戸所手才打技投折抗択担招拡拝持指挙振捨授採接推提揮援損操支改放政故教散敬数整敵文料断新方旅族旗日旧早明易昔星映春昨是時晩景晴暗暮曜書最月有服望期木未本札材村条来東松板林枚果枝染査柱案械棒森植検業極楽構様標模権横橋機次欲歌止正武歩歯歴死残段殺母毎比毛氏民気水氷永求池決河油治沿泉法波注洋活派流浅消液深混清済減測港湖湯満源準演漁潔激火灯災点無焼然照熟熱燃父片版物特犬状独現球理生産用田由申男町画界留略番異疑病発登白百的皇益盛盟目直相省看県真眼着督知短石研砂破確示礼社祝神票禁福私秋科秒秘移程税種積穀究空窓立章童競竹笑筆等筋答策算管箱節築簡米粉精糖系約紅納純紙級素細終組経結給統絵絶続維綿総緑線編練縦績織罪置署美群義羽翌習老考者耕耳聖聞職育背能脈臓臨自至興舌舎航船良色花芸芽若英茶草荷菜落葉著蔵薬虫血行術街衛表裁装裏補製複要見規視覚覧親観角解言計記訪設許訳証評詞試詩話認語誠誤説読課調談論諸講識警議護谷豆豊象負財貧貨販責貯貴買貸費貿賀資賛質赤走起足路身車軍軽輪輸辞農辺迎近返述迷追退送逆通速造連週進遊運過道達遠適選遺郡部郵都配酒酸里重野量金針鉄銀銅録鏡長門閉開間関防阪降限陛院除陸険陽隊階際障集雑難雨雪雲電青静非面革音頂順預領頭題額顔願類風飛食飯飲館首香馬験高魚鳥鳴黄黒鼻";
