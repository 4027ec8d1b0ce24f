import type { Field, ServiceFiles, Text } from '#app/catalog/description'

/**
 * Makes what a new service begins with: who asks, and how that person is answered.
 * @param known city, address and phone, as the letterhead has them
 */
export function freshService(
  slug: string,
  client: string,
  name: Text,
  office: string,
  known: Partial<ServiceFiles['contact']> = {}
): ServiceFiles {
  const text = (ja: string, en: string) => ({ ja, en })
  const letter = (title: string, paragraph: string) => ({
    documentNumber: '',
    sender: '',
    title,
    paragraphs: [paragraph],
    highlight: '受付番号 {receipt}',
    lead: '',
    items: [],
    closing: ['お問い合わせは {phone} へ。'],
  })
  return {
    slug,
    client,
    name,
    homeWorkAgreed: false,
    enoughBases: ['agreed', 'adjudicated', 'corrected', 'read_back'],
    contact: {
      city: '',
      postcode: '',
      address: '',
      phone: '',
      fax: '',
      hours: '',
      ...known,
      office,
    },
    form: {
      title: name,
      intro: text(
        '太い枠の中に、黒か青のペンで書いてください。',
        'Please write inside the bold boxes with a black or blue pen.'
      ),
      closing: text('書きおわったら、窓口へお出しください。', 'Hand it in at the counter.'),
    },
    groups: [
      {
        key: 'person',
        page: 1,
        home: 'never',
        label: text('お名前と電話', 'Name and phone'),
        fields: [
          freshField('name_kana', 'kana', text('ふりがな', 'Name in kana'), {
            width: 150,
            height: 12,
          }),
          freshField('name', 'name', text('お名前', 'Name'), { width: 150, height: 15 }),
          freshField('phone', 'phone', text('電話番号', 'Phone number'), {
            width: 110,
            height: 13,
          }),
        ],
      },
    ],
    handover: { connector: 'delivery' },
    person: { kana: 'name_kana', name: 'name', phone: 'phone' },
    guide: {
      general: {
        ja: ['見たまま入れます。読めない字は、1字ごとに ● を入れます(F8キー)。'],
        en: ["Key what you see. For each character that can't be read, key ● (F8)."],
      },
      fields: {},
    },
    replies: {
      version: 1,
      letters: {
        received: letter('受付のお知らせ', 'お申し込みを受け付けました。'),
        unclear: letter(
          'お申し込みの確認のお願い',
          '読みとれないところがありました。お電話ください。'
        ),
      },
    },
    callScript: { ja: [], en: [] },
  }
}

function freshField(
  key: string,
  kind: Field['kind'],
  label: Text,
  size: { width: number; height: number }
): Field {
  return { key, kind, label, required: key !== 'phone', linkable: true, ...size }
}
