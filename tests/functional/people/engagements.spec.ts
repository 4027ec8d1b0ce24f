import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { concernsOf } from '#app/people/engagements/engagement'
import { clearanceNeeded } from '#app/people/engagements/clearance'
import {
  concernsIn,
  countConcerns,
  register,
  type RegisterRow,
} from '#app/people/engagements/list_engagements'
import { endAssignment } from '#app/tasks/end_assignment'
import { takeNextTask } from '#app/tasks/take_next_task'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { transition } from '#app/core/transition'
import { givenSubmission, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const TERMS = { kind: 'entrusted', starts_on: '2026-04-01' }

async function need(choice: number): Promise<void> {
  const admin = await person('admin')
  await transition((t) => clearanceNeeded.take(t, String(choice), admin))
}

test.group('The register of operators', (group) => {
  group.each.setup(reset)

  test('keeps contract, agreement, training and skills, and says what to see to', async ({
    assert,
  }) => {
    await db.from('engagements').delete()
    const { id } = await person('operator1')
    const leader = await Visitor.loggedIn('leader')
    assert.include((await leader.get(`/operators/${id}`)).text, '名簿にまだありません')
    const kept = await leader.post(`/operators/${id}`, {
      ...TERMS,
      ends_on: addDays(today(), 40),
      nda_until: addDays(today(), -1),
      region: '上久保',
    })
    assert.equal(kept.location, `/operators/${id}`)
    const { text } = await leader.get(`/operators/${id}`)
    assert.include(text, '秘密を守る約束が切れています')
    assert.include(text, '6か月以上の契約が終わります')
    assert.include(text, '研修がまだです')
    await leader.post(`/operators/${id}/skills`, { skill: '宅建', valid_until: '2020-01-01' })
    await leader.post(`/operators/${id}/skills`, { skill: '宅建', valid_until: '2099-01-01' })
    await leader.post(`/operators/${id}/skills`, { skill: '手話' })
    const file = (await leader.get('/operators/export')).text
    assert.include(file, '"上久保"')
    assert.include(file, '宅建 (2099-01-01)・手話')
    await leader.post(`/operators/${id}/skills/removal`, { skill: '宅建' })
    assert.notInclude((await leader.get(`/operators/${id}`)).text, '宅建')
    const told: { detail: { nda_until: string } } = await db
      .from('events')
      .where({ verb: 'engagement.changed', subject_id: id })
      .firstOrFail()
    assert.equal(told.detail.nda_until, addDays(today(), -1))
  })

  test('refuses days that there are not, and changes nothing', async ({ assert }) => {
    const { id } = await person('operator1')
    const before = await db.from('engagements').where('user_id', id).first()
    const leader = await Visitor.loggedIn('leader')
    await leader.get(`/operators/${id}`)
    const wrongs: Record<string, string>[] = [
      { starts_on: '2026-02-30' },
      { starts_on: '' },
      { ends_on: '2026-03-31' },
      { nda_until: '2027-13-01' },
      { kind: 'friend' },
    ]
    for (const wrong of wrongs) {
      const answer = await leader.post(`/operators/${id}`, { ...TERMS, ...wrong })
      assert.equal(answer.status, 422, JSON.stringify(wrong))
      assert.include(answer.text, '何も変えていません')
    }
    assert.deepEqual(await db.from('engagements').where('user_id', id).first(), before)
    const skill = await leader.post(`/operators/${id}/skills`, { skill: ' ' })
    assert.equal(skill.status, 422)
  })

  test('doesn’t let one clerk overwrite another’s dates unseen', async ({ assert }) => {
    const { id } = await person('operator1')
    const [one, other] = [await Visitor.loggedIn('leader'), await Visitor.loggedIn('admin')]
    const seenBy = async (visitor: Visitor) =>
      /name="seen" value="([^"]*)"/.exec((await visitor.get(`/operators/${id}`)).text)![1]
    const [first, second] = [await seenBy(one), await seenBy(other)]
    await one.post(`/operators/${id}`, { ...TERMS, nda_until: '2031-01-01', seen: first })
    const late = await other.post(`/operators/${id}`, { ...TERMS, region: '北', seen: second })
    assert.equal(late.status, 422)
    assert.include(late.text, 'ほかの人が変えました')
    assert.include(late.text, 'value="北"')
    // Pressed once more in a hurry, it still hasn't been looked at.
    assert.include(late.text, `name="seen" value="${second}"`)
    const kept = async () => db.from('engagements').where('user_id', id).firstOrFail()
    assert.equal((await kept()).nda_until, '2031-01-01')
    const seen = await seenBy(other)
    await other.post(`/operators/${id}`, { ...TERMS, region: '北', seen })
    assert.equal((await kept()).region, '北')
  })

  test('takes a table, all of it or nothing, and leaves what an empty cell says nothing about', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/operators')
    const { id } = await person('operator1')
    const before = await db.from('engagements').where('user_id', id).firstOrFail()
    const take = (rows: string[]) => {
      const form = new FormData()
      const table = ['利用者名,契約,契約のはじまり,契約の終わり,秘密を守る約束の期限', ...rows]
      form.set('file', new Blob([table.join('\r\n')]), 'register.csv')
      return leader.post('/operators/import', form)
    }
    for (const [row, says] of [
      ['nobody,準委任,2026-04-01,,', 'そのような人はいません'],
      ['kenko,準委任,2026-04-01,,', 'そのような人はいません'],
      ['operator3,友だち,2026-04-01,,', '選べないものです'],
      ['operator3,準委任,2026-04-01,2026-02-30,', 'その日はありません'],
      ['operator3,準委任,2026-04-01,2026-03-31,', 'はじまりより前'],
    ]) {
      const answer = await take(['operator1,業務委託,,,2030-01-01', row])
      assert.equal(answer.status, 422, row)
      assert.include(answer.text, says)
      assert.include(answer.text, '3行目')
    }
    assert.deepEqual(await db.from('engagements').where('user_id', id).firstOrFail(), before)
    assert.equal((await take(['operator1,業務委託,,,2030/1/5'])).location, '/operators')
    const after = await db.from('engagements').where('user_id', id).firstOrFail()
    assert.equal(after.kind, 'contracted')
    assert.equal(after.nda_until, '2030-01-05')
    assert.equal(after.starts_on, before.starts_on)
    assert.equal(after.trained_on, before.trained_on)
    // What was taken away goes back as it came.
    const file = (await leader.get('/operators/export')).body
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(file)]), 'operators.csv')
    assert.equal((await leader.post('/operators/import', form)).location, '/operators')
    await db.from('users').where('login', 'leader').update({ locale: 'en' })
    const english = (await leader.get('/operators/export')).body
    assert.include(english.toString(), '"Contract from"')
    form.set('file', new Blob([new Uint8Array(english)]), 'operators.csv')
    assert.equal((await leader.post('/operators/import', form)).location, '/operators')
    form.set('file', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1])]), 'photo.png')
    const photo = await leader.post('/operators/import', form)
    assert.equal(photo.status, 422)
    assert.include(photo.text, 'role="alert"')
    assert.equal(
      (await db.from('engagements').where('user_id', id).firstOrFail()).kind,
      'contracted'
    )
  })

  test('is of the center’s people alone', async ({ assert }) => {
    const client = await person('kenko')
    const leader = await Visitor.loggedIn('leader')
    assert.equal((await leader.get(`/operators/${client.id}`)).status, 404)
    assert.equal((await (await Visitor.loggedIn('kenko')).get('/operators')).status, 404)
  })

  test('counts and lists the same people as it warns about', async ({ assert }) => {
    const day = today()
    const cases = [
      { nda_until: addDays(day, 31), trained_on: addDays(day, -365) },
      { nda_until: addDays(day, 30), trained_on: day },
      { nda_until: addDays(day, 99), trained_on: addDays(day, -366) },
      { nda_until: addDays(day, 99), trained_on: day, ends_on: addDays(day, 45) },
      { nda_until: addDays(day, 99), trained_on: day, ends_on: addDays(day, 46) },
    ]
    await db.from('engagements').delete()
    const people: { id: string }[] = await register(false).limit(cases.length)
    for (const [index, { id }] of people.entries())
      await db.table('engagements').insert({ user_id: id, ...TERMS, ...cases[index] })
    const all: RegisterRow[] = await register(false)
    const warned = all.filter((row) => concernsIn(row).length > 0).map(({ id }) => id)
    const listed: RegisterRow[] = await register(true)
    assert.sameMembers(
      listed.map(({ id }) => id),
      warned
    )
    assert.equal(await countConcerns(), warned.length)
    assert.equal(all.length - warned.length, 2)
    const nothing = { today: day, qualificationUntil: null, consentUntil: null }
    assert.deepEqual(concernsOf(null, nothing), ['no_record'])
    const terms = { startsOn: addDays(day, -160), ndaUntil: addDays(day, 99), trainedOn: day }
    // Half a year to the day, and a day less.
    assert.deepEqual(concernsOf({ ...terms, endsOn: addDays(day, 19) }, nothing), [
      'contract_notice',
    ])
    assert.deepEqual(concernsOf({ ...terms, endsOn: addDays(day, 18) }, nothing), ['contract_soon'])
  })

  test('warns of qualifications and consents that end', async ({ assert }) => {
    const day = today()
    const listed = async () => {
      const rows: RegisterRow[] = await register(true)
      return rows.filter(({ login }) => login === 'operator1').flatMap(concernsIn)
    }
    const { id } = await person('operator1')
    await db
      .table('engagements')
      .insert({ user_id: id, ...TERMS, nda_until: addDays(day, 99), trained_on: day })
      .onConflict('user_id')
      .merge()
    assert.deepEqual(await listed(), [])
    const admin = await Visitor.loggedIn('admin')
    const skill = (until: string) =>
      admin.post(`/operators/${id}/skills`, { skill: until, valid_until: until })
    await skill(addDays(day, 31))
    assert.deepEqual(await listed(), [])
    await skill(addDays(day, 30))
    assert.deepEqual(await listed(), ['qualification_soon'])
    await skill(addDays(day, -1))
    assert.deepEqual(await listed(), ['qualification_over'])
    assert.include((await admin.get(`/operators/${id}`)).text, '資格の期限が切れています')
    await db.from('qualifications').where('user_id', id).delete()
    const { id: client } = await db.from('organizations').where('slug', 'health').firstOrFail()
    const consent = (until: string) =>
      admin.post(
        '/consents',
        new URLSearchParams([
          ['client_id', client],
          ['number', until],
          ['given_on', addDays(day, -9)],
          ['until', until],
          ['sites[]', 'center'],
          ['people[]', id],
        ])
      )
    await consent(addDays(day, 31))
    await consent(addDays(day, -1))
    assert.deepEqual(await listed(), [])
    await consent(addDays(day, 30))
    assert.deepEqual(await listed(), ['consent_soon'])
  })

  test('gives no work without a valid agreement and contract, where the setting asks for them', async ({
    assert,
  }) => {
    for (let count = 0; count < 3; count++) await givenSubmission()
    const operator = await person('operator4')
    const set = (terms: Record<string, string | null>) =>
      db
        .table('engagements')
        .insert({ user_id: operator.id, ...TERMS, nda_until: null, ends_on: null, ...terms })
        .onConflict('user_id')
        .merge()
    const gets = async (site: 'center' | 'home') => {
      const taken = await takeNextTask(operator, site)
      if (taken.ok) await transition((t) => endAssignment(t, taken.assignment, 'given_back'))
      return taken.ok
    }
    await db.from('engagements').delete()
    assert.isTrue(await gets('home'))
    await need(1)
    assert.isFalse(await gets('home'))
    assert.isTrue(await gets('center'))
    await set({ nda_until: addDays(today(), -1) })
    assert.isFalse(await gets('home'))
    await set({ nda_until: today(), ends_on: addDays(today(), -1) })
    assert.isFalse(await gets('home'))
    await set({ nda_until: today(), ends_on: today() })
    assert.isTrue(await gets('home'))
    await need(2)
    await set({ nda_until: addDays(today(), -1) })
    assert.isFalse(await gets('center'))
    const visitor = await Visitor.loggedIn('operator4')
    assert.include((await visitor.get('/work')).text, 'リーダーに話してください')
  })
})
