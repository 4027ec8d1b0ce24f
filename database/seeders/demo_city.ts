import type { CalendarRules } from '#app/bookings/calendar'
import type { Text } from '#app/catalog/description'

interface DemoCalendar {
  client: string
  slug: string
  kind: 'places' | 'rides' | 'hours'
  name: Text
  rules: CalendarRules
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
/** Weekdays 7-20, Saturdays 9-20, Sundays 9-18; none from 30 December to 3 January. */
const BUS: Omit<CalendarRules, 'stops'> = {
  weekdays: EVERY_DAY,
  from: '07:00',
  to: '19:00',
  hours: { 6: { from: '09:00', to: '19:00' }, 7: { from: '09:00', to: '17:00' } },
  everyMinutes: 60,
  capacity: 8,
  openDays: 10,
  closures: [],
  openOnHolidays: true,
  turnOfYear: { from: '12-30', to: '01-03' },
  bookFromDays: 3,
  bookUntilMinutes: 60,
  minutesBetweenStops: 6,
}

/** Calendars that can be booked in the fictional city. */
export const DEMO_CALENDARS: DemoCalendar[] = [
  {
    client: 'health',
    slug: 'health-center',
    kind: 'places',
    name: { ja: '青嶺市保健センター1階', en: 'Health center, 1st floor' },
    rules: {
      weekdays: [2, 4],
      from: '09:30',
      to: '15:00',
      everyMinutes: 15,
      capacity: 6,
      openDays: 70,
      closures: [],
      shares: { web: 50, phone: 25, counter: 15, paper: 10 },
      bookUntilMinutes: 60,
      remindDays: 5,
    },
  },
  {
    client: 'transport',
    slug: 'bus-ao',
    kind: 'rides',
    name: { ja: 'あお号', en: 'Ao' },
    rules: { ...BUS, stops: [11, 12, 13, 14, 15, 16, 17, 18] },
  },
  {
    client: 'transport',
    slug: 'bus-mine',
    kind: 'rides',
    name: { ja: 'みね号', en: 'Mine' },
    rules: { ...BUS, stops: [18, 17, 16, 15, 14, 13, 12, 11] },
  },
  {
    client: 'transport',
    slug: 'bus-phone',
    kind: 'hours',
    name: { ja: 'バス予約センターの電話', en: 'Bus desk, phone' },
    rules: {
      weekdays: EVERY_DAY,
      from: '08:00',
      to: '17:00',
      everyMinutes: 60,
      capacity: 1,
      openDays: 0,
      closures: [],
      openOnHolidays: true,
      turnOfYear: { from: '12-30', to: '01-03' },
    },
  },
]

export const DEMO_STOPS = [
  [11, '青嶺駅前', 'アオミネエキマエ'],
  [12, '市役所', 'シヤクショ'],
  [13, '保健センター', 'ホケンセンター'],
  [14, '青嶺病院', 'アオミネビョウイン'],
  [15, '本町市場', 'ホンチョウイチバ'],
  [16, '片瀬団地', 'カタセダンチ'],
  [17, '下久保公民館', 'シモクボコウミンカン'],
  [18, '上久保', 'カミクボ'],
] as const

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
