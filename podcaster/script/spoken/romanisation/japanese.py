"""Japanese names in Latin letters: common family names, given names, places and firms by their readings."""

from typing import Final

from podcaster.script.spoken.wording import words as table

_FAMILY: Final = dict(
    each.split("=")
    for each in table(
        "佐藤=Sato 鈴木=Suzuki 高橋=Takahashi 田中=Tanaka 伊藤=Ito 渡辺=Watanabe 渡邊=Watanabe "
        "山本=Yamamoto 中村=Nakamura 小林=Kobayashi "
        "加藤=Kato 吉田=Yoshida 山田=Yamada 佐々木=Sasaki 山口=Yamaguchi 松本=Matsumoto 井上=Inoue 木村=Kimura 斎藤=Saito 斉藤=Saito "
        "清水=Shimizu 山崎=Yamazaki 阿部=Abe 安倍=Abe 森田=Morita 池田=Ikeda 橋本=Hashimoto 石川=Ishikawa 山下=Yamashita 小川=Ogawa "
        "石井=Ishii 長谷川=Hasegawa 後藤=Goto 岡田=Okada 近藤=Kondo 前田=Maeda 藤田=Fujita 遠藤=Endo 青木=Aoki 坂本=Sakamoto "
        "村上=Murakami 太田=Ota 金子=Kaneko 藤井=Fujii 福田=Fukuda 西村=Nishimura 三浦=Miura 竹内=Takeuchi 中川=Nakagawa 岡本=Okamoto "
        "松田=Matsuda 原田=Harada 中野=Nakano 小野=Ono 田村=Tamura 藤原=Fujiwara 中山=Nakayama 石田=Ishida 小島=Kojima 和田=Wada "
        "森本=Morimoto 内田=Uchida 柴田=Shibata 酒井=Sakai 宮崎=Miyazaki 横山=Yokoyama 高木=Takagi 安藤=Ando 宮本=Miyamoto 上田=Ueda "
        "小池=Koike 岸田=Kishida 石破=Ishiba 菅原=Sugawara 野田=Noda 麻生=Aso 河野=Kono 茂木=Motegi 黒田=Kuroda 植田=Ueda 高市=Takaichi "
        "豊田=Toyoda 本田=Honda 黒澤=Kurosawa 大谷=Otani 羽生=Hanyu 大坂=Osaka 小澤=Ozawa 志村=Shimura 川端=Kawabata 三島=Mishima"
    )
)
_GIVEN: Final = dict(
    each.split("=")
    for each in table(
        "晋三=Shinzo 文雄=Fumio 茂=Shigeru 太郎=Taro 一郎=Ichiro 次郎=Jiro 三郎=Saburo 花子=Hanako 健=Ken "
        "健一=Kenichi 健太=Kenta 翔太=Shota "
        "大輔=Daisuke 誠=Makoto 隆=Takashi 浩=Hiroshi 博=Hiroshi 明=Akira 明子=Akiko 恵子=Keiko 洋子=Yoko 裕子=Yuko 由美子=Yumiko "
        "久美子=Kumiko 幸子=Sachiko 和子=Kazuko 京子=Kyoko 真理子=Mariko 直樹=Naoki 直美=Naomi 美咲=Misaki 陽子=Yoko 智子=Tomoko "
        "正=Tadashi 勇=Isamu 清=Kiyoshi 進=Susumu 実=Minoru 稔=Minoru 豊=Yutaka 昭夫=Akio 和夫=Kazuo 春樹=Haruki 翔平=Shohei "
        "結弦=Yuzuru 百合子=Yuriko 早苗=Sanae 和男=Kazuo 東彦=Haruhiko 東男=Haruo 大地=Daichi 拓也=Takuya 達也=Tatsuya 雅人=Masato "
        "正義=Masayoshi 章男=Akio 義偉=Yoshihide 佳彦=Yoshihiko 直人=Naoto 純一郎=Junichiro 康成=Yasunari 由紀夫=Yukio"
    )
)
_PLACES: Final = dict(
    each.split("=")
    for each in table(
        "東京=Tokyo 東京都=Tokyo 大阪=Osaka 大阪府=Osaka 大阪市=Osaka 京都=Kyoto 京都府=Kyoto 横浜=Yokohama 名古屋=Nagoya 札幌=Sapporo "
        "神戸=Kobe 福岡=Fukuoka 仙台=Sendai 広島=Hiroshima 長崎=Nagasaki 沖縄=Okinawa 北海道=Hokkaido 福島=Fukushima 千葉=Chiba "
        "埼玉=Saitama 渋谷=Shibuya 渋谷区=Shibuya 新宿=Shinjuku 新宿区=Shinjuku 秋葉原=Akihabara 日本=Nippon 富士山=Fujisan "
        "自動車=Jidosha 日産=Nissan 三菱=Mitsubishi 三井=Mitsui 住友=Sumitomo 日立=Hitachi 東芝=Toshiba 任天堂=Nintendo 松下=Matsushita"
    )
)


def japanese(word: str) -> str:
    """A word of kanji that is a known name; empty for others, which a Chinese reading serves better."""
    if word in _PLACES:
        return _PLACES[word]
    for length in (3, 2):
        family, given = word[:length], word[length:]
        if family in _FAMILY and (not given or given in _GIVEN):
            return f"{_FAMILY[family]} {_GIVEN[given]}" if given else _FAMILY[family]
    return _GIVEN.get(word, "") if len(word) > 1 else ""
