import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { blankPdf, scannedPdf } from '#tests/support/blank_pdf'
import { givenForm, handInForm, namePlace, placesOf } from '#tests/support/given_form'
import { approved, givenMailing, handInList, LETTER } from '#tests/support/given_mailing'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** A template of the health department's. */
async function givenTemplate(client: Visitor): Promise<string> {
  const { location } = await client.post('/letter-templates', LETTER)
  return location!
}

async function beginMailing(client: Visitor, template: string, product = 'letter') {
  const { location: order } = await client.post('/orders', {
    ...{ title: '申請書', direction: 'to_paper', due_on: '2099-01-05' },
  })
  const choice = { template_id: template.split('/').at(-1)!, product, size: '14' }
  return client.post(`${order}/mailings`, choice)
}

const HEADINGS = '郵便番号,住所,氏名,健診日,会場,電話番号'
const row = (index: number, name_: string, phone: string) =>
  `399-9903,長野県青嶺市上久保${index}番地,${name_},12月1日,公民館,${phone}`

test.group('A department’s own form', (group) => {
  group.each.setup(() => reset())

  test('goes behind each letter, filled in at the places that were found and named', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const template = await givenForm(client, await givenTemplate(client))
    const mailing = (await beginMailing(client, template)).location!
    // Its words are columns of the list.
    const refused = await handInList(
      client,
      mailing,
      '郵便番号,住所,氏名,健診日\r\n399-9903,長野県青嶺市上久保1番地,青嶺一一,12月1日'
    )
    assert.equal(refused.status, 302)
    const long = '東'.repeat(150)
    const list = [
      HEADINGS,
      row(1, '青嶺一一', '026-300-0001'),
      row(2, '青嶺二一', ''),
      row(3, '青嶺三一', long),
    ].join('\r\n')
    await handInList(client, mailing, list)
    const shown = (await client.get(mailing)).text
    assert.include(shown, '2通を手紙にし、1行は手紙にしません')
    assert.include(shown, '電話番号: 長すぎて、用紙の場所に入りません')
    assert.include(shown, '何も入れていない用紙')
    const proof = await client.get(`${mailing}/proofs/longest?form=1`)
    assert.equal(proof.headers.get('content-type'), 'image/jpeg')
    const blank = await client.get(`${mailing}/form/pages/1`)
    assert.equal(blank.headers.get('content-type'), 'image/png')
    await approved(client, chief, mailing)
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    await drainFlow()
    const run = await db.from('print_runs').firstOrFail()
    const pages = await pagesOf((await leader.get(`/print-runs/${run.id}/pdf`)).body)
    assert.lengthOf(pages, 4)
    const sheets = await db.from('sheets').orderBy('number')
    for (const [index, { code, pages: count }] of sheets.entries()) {
      assert.equal(count, 2)
      const [letter, form] = pages.slice(index * 2, index * 2 + 2)
      assert.notInclude(letter, '交付申請書')
      assert.include(form, '交付申請書')
      assert.include(form, code)
      for (const said of [`青嶺${'一二'[index]}一`, `上久保${index + 1}番地`])
        assert.include(form, said)
    }
    assert.include(pages[1], '026-300-0001')
  })

  test('is kept as it was with mailings that were begun; letters can go alone again', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const template = await givenForm(client, await givenTemplate(client))
    const first = (await beginMailing(client, template)).location!
    const list = [HEADINGS, row(1, '青嶺一一', '026-300-0001')].join('\r\n')
    // Changed words keep the form.
    await client.post(template, { ...LETTER, title: '新しい題' })
    const second = (await beginMailing(client, template)).location!
    // A place that must be filled in makes its column needed, for as long as the form goes along.
    await namePlace(client, template, '電話番号', { word: '会場' })
    await client.post(`${template}/form/use`)
    await client.post(`${template}/form/removal`)
    const fields = await db.from('letter_template_versions').orderBy('number', 'desc').firstOrFail()
    // Its own are needed, or not, as before.
    assert.deepEqual(fields.template.fields, [
      { name: '健診日', required: true },
      { name: '会場', required: false },
    ])
    const third = (await beginMailing(client, template)).location!
    await handInForm(client, template, await blankPdf({ fields: true }))
    const counts = []
    for (const mailing of [first, second, third]) {
      await handInList(client, mailing, list)
      const pdf = (await client.get(`${mailing}/proofs/first?as=pdf`)).body
      counts.push((await pagesOf(pdf)).length)
    }
    assert.deepEqual(counts, [2, 2, 1])
    assert.equal((await beginMailing(client, template, 'postcard')).status, 302)
  })

  test('goes with no postcard', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const refused = await beginMailing(
      client,
      await givenForm(client, await givenTemplate(client)),
      'postcard'
    )
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'はがきにはできません')
  })

  test('is named by its own fields where it has such', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const template = await givenTemplate(client)
    await handInForm(client, template, await blankPdf({ fields: true, pages: 2 }))
    const places = await placesOf()
    assert.lengthOf(places, 8)
    assert.includeMembers(
      places.map(({ label }) => label),
      // Beside one of them nothing is printed: it says its name itself.
      ['氏名', '住所', '電話番号', '備考1', '備考2']
    )
    const page = await client.get(`${template}/form?page=2`)
    assert.include(page.text, '書きこむ')
    await namePlace(client, template, '氏名')
    const example = await client.get(`${template}/form/examples/1`)
    assert.equal(example.headers.get('content-type'), 'image/jpeg')
    assert.include((await client.get(`${template}/form`)).text, 'この用紙に入れる列: 氏名')
  })

  test('is refused with the reason where it can’t be used: {name}')
    .with([
      { name: 'picture', file: async () => Buffer.from('\x89PNG'), says: 'PDFを選んでください' },
      { name: 'xfa', file: () => blankPdf({ xfa: true }), says: 'XFA' },
      {
        name: 'password',
        file: () => blankPdf({ password: 'aone' }),
        says: 'パスワードのかかったPDF',
      },
      { name: 'pages', file: () => blankPdf({ pages: 5 }), says: '4ページまで' },
      { name: 'askew', file: () => scannedPdf(1.5), says: 'かたむいて' },
      { name: 'stamp', file: () => blankPdf({ stamped: true }), says: '値を入れられません' },
      { name: 'broken', file: async () => Buffer.from('%PDF-1.7 x'), says: 'こわれて' },
    ])
    .run(async ({ assert }, { file, says }) => {
      const client = await Visitor.loggedIn('kenko')
      const template = await givenTemplate(client)
      await handInForm(client, template, await file())
      const { text } = await client.get(`${template}/form`)
      assert.include(text, says)
      assert.include(text, 'type="file"')
      await handInForm(client, template, await blankPdf())
      assert.isAtLeast((await placesOf()).length, 3)
    })
    .timeout(60_000)

  test('takes no file that is missing, nothing unnamed, and never a My Number', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const template = await givenTemplate(client)
    const empty = await client.post(`${template}/form`, new FormData())
    assert.equal(empty.status, 422)
    assert.include(empty.text, '用紙のPDFを選んでください')
    const large = await handInForm(client, template, Buffer.alloc(10 * 1024 * 1024 + 1, '%PDF-'))
    assert.equal(large.status, 422)
    assert.include(large.text, '10MBまで')
    await handInForm(client, template, await blankPdf())
    const early = await client.post(`${template}/form/use`)
    assert.equal(early.status, 422)
    assert.include(early.text, '1か所でも決めてから')
    const number = await namePlace(client, template, '氏名', { word: 'マイナンバー' })
    assert.equal(number.status, 422)
    assert.include(number.text, 'マイナンバーは、この仕組みでは扱いません')
    const mark = { word: '性別', shape: 'tick' }
    await namePlace(client, template, '電話番号', mark)
    assert.include((await client.post(`${template}/form/use`)).text, '「印をつける値」がありません')
    assert.lengthOf(await db.from('enclosed_forms').where('state', 'kept'), 0)
  })

  test('is taken as a straight scan, too', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const template = await givenTemplate(client)
    await handInForm(client, template, await scannedPdf(0))
    assert.isAtLeast((await placesOf()).length, 3)
  }).timeout(60_000)

  test('calls the addressee and each column by one word', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const template = await givenTemplate(client)
    await handInForm(client, template, await blankPdf())
    await namePlace(client, template, '氏名', { word: 'お名前' })
    await namePlace(client, template, '住所', { word: '健診 日' })
    const words = (await placesOf()).flatMap(({ word }) => word ?? [])
    assert.deepEqual(words, ['氏名', '健診日'])
  })

  test('gives a place that was removed back, and is no other client’s', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const template = await givenTemplate(client)
    await handInForm(client, template, await blankPdf())
    await namePlace(client, template, '氏名')
    const before = await placesOf()
    const place = before.find(({ word }) => word === '氏名')!
    const { location } = await client.post(`${template}/form/places/${place.id}/removal`)
    assert.lengthOf(await placesOf(), before.length - 1)
    const { text } = await client.get(location!)
    assert.include(text, '欄「氏名」を消しました')
    const hidden = [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
    await client.post(
      `${template}/form/places`,
      Object.fromEntries(hidden.map(([, key, value]) => [key, value]))
    )
    const back = (await placesOf()).find(({ word }) => word === '氏名')!
    assert.deepEqual({ ...back, id: place.id }, place)
    const other = await Visitor.loggedIn('kotsu')
    assert.equal((await other.get(`${template}/form`)).status, 404)
    assert.equal((await handInForm(other, template, await blankPdf())).status, 404)
    const { location: made } = await client.post(`${template}/form/places`, { page: '1' })
    assert.include(made, '/form?at=')
    await givenMailing(client, { letter: { name: '別' } })
  })
})
