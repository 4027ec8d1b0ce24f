export const DEMO_PARTNERS = [
  ['青嶺市社会福祉協議会', '0263-00-3201', '訪問・見守り'],
  ['青嶺シルバー人材センター', '0263-00-3202', 'スマートフォンの設定に伺う'],
  ['消費生活センター', '0263-00-3203', '契約・詐欺の相談'],
] as const

export const DEMO_ARTICLES = [
  [
    '市からの電話の見分け方',
    '市の職員は、電話のはじめに、あなたの合言葉を言います。',
    '合言葉を言わない電話は、切ってかまいません。',
    '口座の番号・暗証番号・個人番号を、電話で聞くことはありません。',
    '心配なときは、0263-00-3110 におたずねください。',
  ],
  [
    'スマートフォンの字を大きくする',
    '歯車の絵の「設定」を押します。',
    '「画面表示」、つぎに「文字サイズ」を押します。',
    '下の丸を、右へ動かすと、字が大きくなります。',
    '左上の矢印を押すと、もどります。',
  ],
  [
    'あおバスの乗り方',
    '乗る日の3日前から、電話で予約できます。0263-00-3150 (8時から17時)',
    '停留所の柱の番号と、人数を言います。',
    '予約番号は、お電話の下4けたです。',
    'おつりは出ません。おとな200円、こども100円を用意します。',
  ],
] as const

/** Title, place, minutes, places, and how many days ahead at what time. */
export const DEMO_LESSONS = [
  ['はじめてのスマートフォン', '市民センター2階 研修室', 90, 10, 12, '10:00'],
  ['電子証明書の更新を手伝います', '市役所1階 ロビー', 60, 6, 19, '13:30'],
] as const

/** Rooms at the center in which those who work there book seats. */
export const DEMO_ROOMS = [
  { slug: 'coworking', name: { ja: 'コワーキングの席', en: 'Coworking seats' }, capacity: 12 },
  { slug: 'childcare', name: { ja: '保育室', en: 'Childcare room' }, capacity: 5 },
]
