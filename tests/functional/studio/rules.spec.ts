import { test } from '@japa/runner'
import ServiceDraft from '#app/studio/service_draft'
import { Visitor } from '#tests/support/visitor'
import { reset } from '#tests/support/reset'

const RULES = '/services/vaccination/draft/rules'

/** What the screen shows, as it would be sent back. */
function fieldsOf(page: string): [string, string][] {
  const text = (raw: string) =>
    raw.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
  const areas = [...page.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g)]
  const chosen = [...page.matchAll(/<select[^>]*name="([^"]+)"[\s\S]*?<\/select>/g)].map(
    ([all, name]): [string, string] => [name, /value="([^"]*)" selected/.exec(all)?.[1] ?? '']
  )
  const ticked = [...page.matchAll(/name="(bases\[\])" value="([^"]+)" checked/g)]
  return [
    ...chosen,
    ...[...areas, ...ticked].map(([, name, value]): [string, string] => [name, text(value)]),
  ]
}

test.group('Rules of a service', (group) => {
  group.each.setup(async () => {
    await reset()
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services/vaccination')
    await leader.post('/services/vaccination/draft')
  })
  group.each.teardown(async () => {
    await ServiceDraft.query().delete()
  })

  async function send(leader: Visitor, fields: [string, string][]) {
    return leader.post(RULES, new URLSearchParams(fields))
  }

  test('sent back as they are change nothing', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const { files } = await ServiceDraft.findOrFail('vaccination')
    const answer = await send(leader, fieldsOf((await leader.get(RULES)).text))
    assert.equal(answer.location, '/services/vaccination/draft')
    assert.deepEqual((await ServiceDraft.findOrFail('vaccination')).files, files)
  })

  test('words that nobody fills in are refused, and what was typed stays', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const fields = fieldsOf((await leader.get(RULES)).text)
    const { files } = await ServiceDraft.findOrFail('vaccination')
    for (const [name, line, word] of [
      ['desk[asker]', 'こんにちは {nmae} さん', '{nmae}'],
      ['desk[asker]', '@fone もしもし', '@fone'],
      ['call', '{city}の{receipt}です', '{receipt}'],
      ['call', 'とじていない { かっこ', ' { '],
    ]) {
      const answer = await send(leader, [...fields.filter(([one]) => one !== name), [name, line]])
      assert.equal(answer.status, 422)
      assert.include(answer.text, `使えない言葉があります: ${word.trim()}`)
      assert.include(answer.text, line)
    }
    assert.deepEqual((await ServiceDraft.findOrFail('vaccination')).files, files)
  })

  test('say which letters go by e-mail to who wants that', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const letter = '/services/vaccination/draft/letters/booked'
    const mailed = async () => {
      const { files } = await ServiceDraft.findOrFail('vaccination')
      return files.replies.mailed?.includes('booked')
    }
    const keep = (more: Record<string, string>) =>
      leader.post(letter, { title: '予約のお知らせ', paragraphs: '予約しました。', ...more })
    assert.match((await leader.get(letter)).text, /name="mailed" value="1" checked/)
    await keep({})
    assert.isFalse(await mailed())
    assert.notMatch((await leader.get(letter)).text, /name="mailed" value="1" checked/)
    await keep({ mailed: '1' })
    assert.isTrue(await mailed())
  })

  test('what is said at the desk is written step by step', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const fields = fieldsOf((await leader.get(RULES)).text).filter(
      ([name]) => !name.startsWith('desk')
    )
    await send(leader, [
      ...fields,
      ['desk[asker]', 'こんにちは。\n@phone お電話ありがとうございます。'],
      ['desk_en[asker]', 'Good day.'],
    ])
    const { files } = await ServiceDraft.findOrFail('vaccination')
    assert.deepEqual(files.deskScript, {
      asker: { ja: ['こんにちは。', '@phone お電話ありがとうございます。'], en: ['Good day.'] },
    })
  })

  test('without a basis are not kept, and what was typed is shown again', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const fields = fieldsOf((await leader.get(RULES)).text).filter(
      ([name]) => name !== 'bases[]' && name !== 'desk[done]'
    )
    const answer = await send(leader, [...fields, ['desk[done]', 'おだいじに。']])
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'おだいじに。')
    const { files } = await ServiceDraft.findOrFail('vaccination')
    assert.isAbove(files.enoughBases.length, 0)
  })

  test('offer no desk script where nothing is booked', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services/benefit')
    await leader.post('/services/benefit/draft')
    const page = (await leader.get('/services/benefit/draft/rules')).text
    assert.notInclude(page, 'name="desk[')
    assert.include(page, 'name="call"')
  })
})
