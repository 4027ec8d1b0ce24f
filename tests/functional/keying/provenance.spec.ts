import { test } from '@japa/runner'
import { keepReadings } from '#app/reading/keep_readings'
import type { FieldReading } from '#app/reading/read_field'
import type { Recognizer } from '#app/reading/recognizer'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { answers, givenKeyed, givenSubmission, keyAll, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'
import db from '@adonisjs/lucid/services/db'
import type { Provenance } from '#app/keying/provenance'

/** The origins of a submission's values as a file has them, by field. */
async function exported(visitor: Visitor, id: string): Promise<Map<string, Provenance>> {
  const { text } = await visitor.get(`/submissions/${id}/provenance/export`)
  const { values } = JSON.parse(text) as { values: Provenance[] }
  return new Map(values.map((one) => [one.field, one]))
}

const REGION = { x: 10, y: 20, width: 300, height: 40 }

/** The machine has read a field of a form. */
async function read(submissionId: string, key: string, value: string): Promise<void> {
  const page = await db.from('pages').where({ submission_id: submissionId, form_page: 1 }).first()
  const sealer = await openSealer(page.data_key_id)
  const engine = { engine: 'tesseract', version: '7' } as Recognizer
  await transition((t) =>
    keepReadings(t.trx, sealer, page.id, engine, [
      { key, value, confidence: 0.5, candidates: [], decision: 'ask', region: REGION },
    ] as unknown as FieldReading[])
  )
}

test.group('Where values come from', (group) => {
  group.each.setup(reset)

  test('is told from the paper to the basis: readings, keyers, decision, revision', async ({
    assert,
  }) => {
    const { id } = await givenKeyed()
    await read(id, 'name_kana', 'アオミネ 太郎')
    const leader = await Visitor.loggedIn('leader')
    const name = (await exported(leader, id)).get('name_kana')!
    assert.equal(name.values[0].basis, 'agreed')
    assert.equal(name.values[0].revision, 1)
    assert.lengthOf(name.entries, 2)
    assert.deepEqual(
      name.entries.map(({ pass, source, value }) => [pass, source, value === name.values[0].value]),
      [
        [1, 'person', true],
        [2, 'person', true],
      ]
    )
    const keyers = await Promise.all(['operator1', 'operator2'].map(person))
    assert.sameMembers(
      name.entries.map(({ by }) => by),
      keyers.map(({ displayName }) => displayName)
    )
    assert.isNotEmpty(name.places)
    const [{ value, confidence, engine, region }] = name.readings
    assert.deepEqual(
      [value, confidence, engine, region],
      ['アオミネ 太郎', 0.5, 'tesseract', REGION]
    )
    const page = (await leader.get(`/submissions/${id}/provenance`)).text
    for (const one of [...keyers.map(({ displayName }) => displayName), '2人が一致'])
      assert.include(page, one)
  })

  test('tells what a leader decided, and what was keyed before', async ({ assert }) => {
    const { id } = await givenSubmission()
    await keyAll(answers(), answers({ name_kana: 'アオミネ ジロウ' }))
    const leader = await Visitor.loggedIn('leader')
    // Whoever may key is not shown it meanwhile.
    const admin = await Visitor.loggedIn('admin')
    assert.lengthOf((await exported(admin, id)).get('name_kana')!.entries, 0)
    const before = (await exported(leader, id)).get('name_kana')!
    assert.lengthOf(before.values, 0)
    assert.lengthOf(new Set(before.entries.map(({ value }) => value)), 2)
    const { location } = await leader.post('/work/assignments', { kind: 'adjudicate' })
    const [, entry] = await db
      .from('entries')
      .where({ submission_id: id, group_key: 'name' })
      .orderBy('pass')
      .select('id')
    await leader.post(`${location}/result`, { 'chosen[name_kana]': String(entry.id) })
    const after = (await exported(leader, id)).get('name_kana')!
    assert.deepEqual(
      after.decisions.map(({ by, value }) => [by, value]),
      [[(await person('leader')).displayName, 'アオミネ ジロウ']]
    )
  })

  test('is a client’s own, kept as a look, and gone with what is erased', async ({ assert }) => {
    const submission = await givenKeyed()
    const path = `/submissions/${submission.id}/provenance`
    const client = await Visitor.loggedIn('kenko')
    const page = await client.get(path)
    assert.equal(page.status, 200)
    // It sees that the center worked, not which of its people.
    for (const login of ['operator1', 'operator2'])
      assert.notInclude(page.text, (await person(login)).displayName)
    assert.include(page.text, 'センターの人')
    await client.get(`${path}/export`)
    const looks = await db
      .from('events')
      .whereIn('verb', ['submission.viewed', 'submission.provenance_exported'])
      .where('submission_id', submission.id)
    assert.lengthOf(looks, 2)
    for (const other of ['kotsu', 'operator1'])
      assert.equal((await (await Visitor.loggedIn(other)).get(path)).status, 404)
    await eraseSubmission(submission.receipt)
    assert.equal((await client.get(path)).status, 404)
  })
})
