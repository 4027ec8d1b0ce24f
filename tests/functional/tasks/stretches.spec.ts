import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { forgetUsual } from '#app/tasks/usual_seconds'
import { givenSubmission } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const FIELD = /name="(kind|group|version|promised)" value="([^"]*)"/g
const JSON_WANTED = { accept: 'application/json' }
const NAMES = { 'values[name_kana]': 'ヤマダ ハルエ', 'values[name]': '山田 はるゑ', 'sure': '1' }

/** The stretches that somebody's page offers, as its forms would send them. */
async function offersTo(visitor: Visitor): Promise<Record<string, string>[]> {
  const { text } = await visitor.get('/work')
  return text
    .split('action="/work/stretches"')
    .slice(1)
    .map((form) =>
      Object.fromEntries([...form.matchAll(FIELD)].map(([, name, value]) => [name, value]))
    )
}

async function begin(visitor: Visitor, group: string, promised?: number): Promise<string> {
  const offer = (await offersTo(visitor)).find((one) => one.group === group)
  if (!offer) throw new Error(`${group} is not offered`)
  const sent = promised ? { ...offer, promised: String(promised) } : offer
  const { location } = await visitor.post('/work/stretches', sent)
  return location ?? ''
}

async function groupOf(at: string): Promise<string> {
  const row = await db
    .from('assignments as a')
    .join('tasks as t', 't.id', 'a.task_id')
    .where('a.id', at.split('/').at(-1)!)
    .select('t.group_key')
    .firstOrFail()
  return row.group_key
}

async function ended(): Promise<(string | null)[]> {
  const rows = await db.from('stretches').orderBy('started_at')
  return rows.map((row) => row.ended_reason)
}

test.group('A few minutes of work', (group) => {
  group.each.setup(async () => {
    await reset()
    forgetUsual()
  })

  test('is offered with its length, gives tasks of its group alone, and ends when promised', async ({
    assert,
  }) => {
    for (let count = 0; count < 4; count++) await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const offers = await offersTo(visitor)
    assert.includeMembers(
      offers.map((one) => one.group),
      ['name']
    )
    assert.equal(offers.find((one) => one.group === 'name')!.promised, '4')
    let at = await begin(visitor, 'name', 3)
    for (const left of [3, 2, 1]) {
      assert.equal(await groupOf(at), 'name')
      assert.include((await visitor.get(at)).text, `残り${left}件・約${left}分`)
      const { text } = await visitor.post(`${at}/ahead`, {}, JSON_WANTED)
      const { ahead } = JSON.parse(text) as { ahead: string[] }
      // No more lies ready than is promised, and each says what is left when it is come to.
      assert.lengthOf(ahead, Math.min(2, left - 1))
      for (const [index, next] of ahead.entries()) {
        assert.equal(await groupOf(next), 'name')
        assert.include((await visitor.get(next)).text, `残り${left - 1 - index}件`)
      }
      at = (await visitor.post(`${at}/result`, NAMES)).location ?? ''
    }
    assert.equal(at, '/work')
    assert.include((await visitor.get('/work')).text, '決めた件数が終わりました')
    assert.deepEqual(await ended(), ['done'])
    // What comes then is any again.
    const { location } = await visitor.post('/work/assignments', {})
    assert.notEqual(await groupOf(location!), '')
    assert.lengthOf(await db.from('entries'), 3)
  })

  test('can be left and gone on with, and stopped', async ({ assert }) => {
    for (let count = 0; count < 3; count++) await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const at = await begin(visitor, 'name', 3)
    await visitor.post(`${at}?_method=DELETE`, {})
    const page = await visitor.get('/work')
    assert.include(page.text, '残り3件')
    assert.isEmpty(await offersTo(visitor))
    const { location } = await visitor.post('/work/assignments', {})
    assert.equal(await groupOf(location!), 'name')
    await visitor.post('/work/stretches?_method=DELETE', {})
    assert.deepEqual(await ended(), ['stopped'])
    assert.notInclude((await visitor.get('/work')).text, '残り3件')
    assert.notInclude((await visitor.get(location!)).text, '残り3件')
  })

  test('is over when others have done the rest, and what lay ready before is not of it', async ({
    assert,
  }) => {
    await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const { location } = await visitor.post('/work/assignments', { kind: 'key' })
    await visitor.post(`${location}/ahead`, {}, JSON_WANTED)
    await visitor.post(`${location}?_method=DELETE`, {})
    const first = await groupOf(location!)
    const offers = await offersTo(visitor)
    const other = offers.find((one) => one.group !== first)!
    const begun = await visitor.post('/work/stretches', { ...other, promised: '5' })
    assert.equal(await groupOf(begun.location!), other.group)
    assert.isEmpty(await db.from('assignments').whereNull('ended_at').where('ahead', true))
    await visitor.post(`${begun.location}?_method=DELETE`, {})
    await db.from('tasks').where('group_key', other.group).update({ available_at: '2099-01-01' })
    const gone = await visitor.post('/work/assignments', {})
    assert.equal(gone.location, '/work')
    assert.include((await visitor.get('/work')).text, 'この区切りは終わりです')
    assert.deepEqual(await ended(), ['nothing_left'])
  })

  test('counts what is taken back as still to be done', async ({ assert }) => {
    for (let count = 0; count < 3; count++) await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const at = await begin(visitor, 'name', 2)
    const next = (await visitor.post(`${at}/result`, NAMES)).location!
    assert.include((await visitor.get(next)).text, '残り1件')
    const back = await visitor.post('/work/take-back', {})
    assert.include((await visitor.get(back.location!)).text, '残り2件')
  })

  test('a group that there is none of, a kind that isn’t one’s own, too many: nothing begins', async ({
    assert,
  }) => {
    await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const [offer] = await offersTo(visitor)
    for (const [name, wrong] of [
      ['group', 'nothing'],
      ['kind', 'adjudicate'],
      ['kind', 'identify'],
    ])
      assert.equal((await visitor.post('/work/stretches', { ...offer, [name]: wrong })).status, 404)
    await visitor.post('/work/stretches', { ...offer, promised: '501' })
    assert.isEmpty(await db.from('stretches'))
  })

  test('is reckoned by how long such a task usually takes', async ({ assert }) => {
    for (let count = 0; count < 4; count++) await givenSubmission()
    const visitor = await Visitor.loggedIn('operator1')
    const at = await begin(visitor, 'name', 1)
    await db.from('stretches').update({ started_at: db.raw(`now() - interval '6 minutes'`) })
    await db
      .from('assignments')
      .whereNull('ended_at')
      .update({ started_at: db.raw(`now() - interval '5 minutes'`) })
    await visitor.post(`${at}/result`, NAMES)
    forgetUsual()
    const names = (await offersTo(visitor)).find((one) => one.group === 'name')!
    assert.equal(names.promised, '2')
  })
})
