"""Names and courses that nobody foresaw: each has to leave its page whole, and the page has to stay what is claimed of it."""

from __future__ import annotations

RLO, LRO, PDF, RLI, PDI = "\u202e", "\u202d", "\u202c", "\u2067", "\u2069"

HOSTILE: dict[str, str] = {
    "Arabic": "محمد بن عبد الله آل سعود",
    "Hebrew": "יוֹסֵף בֶּן־דָּוִד",
    "Arabic among Vietnamese": "Nguyễn محمد Thị فاطمة Hạnh",
    "Thai": "สมชาย ศรีสุขที่รัก",
    "Burmese": "အောင်ဆန်းစုကြည်",
    "Khmer": "សុខ សុវណ្ណារិទ្ធិ៍",
    "Lao": "ສົມພອນ ພົມມະວົງ",
    "Han": "王小明 歐陽菲菲",
    "rare Han": "𠮷野家 𡈽方 𠀋",
    "Japanese": "さくら カタカナ",
    "Korean": "김민준 조선글",
    "Devanagari": "श्रीमती लक्ष्मीनारायण क्षत्रिय",
    "Tamil": "தமிழ்ச்செல்வி",
    "Sinhala": "ශ්‍රී ලංකා",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ",
    "Georgian and Armenian": "გიორგი Արամ",
    "Greek and Cyrillic": "Ἀλέξανδρος Воло́димир",
    "Vietnamese in pieces": "Nguye\u0302\u0303n Thi\u0323 Ha\u0323nh",
    "Zalgo": "N"
    + "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b" * 6
    + "guyễn"
    + "\u0316\u0317\u0318\u0319\u0325" * 8,
    "300 letters without a space": "Ngũ" * 100,
    "300 wide letters": "W" * 300,
    "60 words": "Nguyễn " * 60,
    "emoji of a family": "👩‍👩‍👧‍👦" * 12,
    "emoji with tones and flags": "👍🏿🇻🇳🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️‍🔥",
    "turned around": f"Nguyễn {RLO}gnud nậhc{PDF} {LRO}abc{PDF} {RLI}x{PDI}",
    "controls": "Ng\x00uy\x07ễn\x1b[31m \x7fThị\u0085\u2028Hạnh\ufeff\ufffe\U0010ffff",
    "half a letter": "Nguyễn \ud800 Thị \udfff",
    "invisible": "\u200b\u200c\u200d\u2060\u00ad\u034f\u115f\u3164",
    "spaces": "  \t\n \u00a0\u3000 ",
    "Typst": '#set page(width: 1cm) #eval("1") $x$ \\ *b* _i_ `r` <l> @r = H // c',
    "JSON and markup": '"}],"name":"x"</script><b>&amp;{name}{course}%s{{7*7}}',
    "private": "\ue000\uf8ff\U000f0000",
    "old scripts": "𐎀𐎁𒀀𓀀ᚠᛒ",
    "one letter": "Y",
    "only marks": "\u0301\u0302\u0323" * 5,
}
