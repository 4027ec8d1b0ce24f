import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { receiveCall } from '#app/desk/calls/receive_call'
import { keepConsultation } from '#app/desk/consultations/keep_consultation'
import Lesson from '#app/desk/lessons/lesson'
import { enroll } from '#app/desk/lessons/lesson_places'
import { removeOldDeskRecords } from '#app/desk/remove_old'
import { keepStop } from '#app/registry/keep_stop'
import { serviceOf, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const told = {
  topic: 'set_up',
  minutes: 10,
  steps: '文字を大きくした',
  who: 'ヤマダ ハルエ',
  phone: '0263001234',
  followUp: '',
  followUpOn: null,
  partnerId: null,
  agreed: false,
} as const

async function protect(phone: string) {
  const { service } = await serviceOf('vaccination')
  const kept = await keepStop(await person('kenko'), {
    clientId: service.clientId,
    kind: 'protection',
    person: { number: '1234567897', kana: 'ヤマダ ハルエ', phone },
    until: null,
    mayCall: false,
  })
  if (!kept.ok) throw new Error(kept.reason)
}

test.group('What the desk keeps', (group) => {
  group.each.setup(reset)

  test('nobody outside hears of somebody under protection, before or after handing on', async ({
    assert,
  }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    const partner = await db.from('partners').whereNotNull('organization_id').firstOrFail()
    const hand = (who: string, phone: string, followUp = '家へ行く') =>
      desk.post('/consultations', {
        topic: 'set_up',
        minutes: '20',
        steps: 'した',
        partner_id: partner.id,
        who,
        phone,
        follow_up: followUp,
        agreed: 'true',
      })
    assert.equal((await hand('ヤマダ', '0263-00-12')).status, 422)
    await hand('サトウ', '0263-00-9999')
    const silver = await Visitor.loggedIn('silver')
    assert.include((await silver.get('/referrals')).text, 'サトウ')

    await protect('0263009999')
    const later = (await silver.get('/referrals')).text
    for (const hidden of ['サトウ', '9999', '家へ行く']) assert.notInclude(later, hidden)
    assert.include(later, 'センターに電話で')
    assert.include((await desk.get('/consultations')).text, 'サトウ')

    // By the name alone, by the phone alone however and wherever it stands, whatever stands beside it.
    for (const [who, phone, next] of [
      ['やまだ　はるえ', ''],
      ['やまだ　はるえ 0263-00-5555', ''],
      ['スズキ', '０２６３００９９９９'],
      ['スズキ 0263-00-5555 0263-00-9999', ''],
      ['スズキ', '0263-00-5555', '家へ行く (0263)00-9999'],
    ]) {
      const refused = await hand(who, phone, next)
      assert.equal(refused.status, 422, who)
      assert.include(refused.text, 'リーダーに相談')
      assert.include(refused.text, '家へ行く')
    }
    assert.lengthOf(await db.from('consultations'), 1)
    // Nothing is handed on to anybody: it is kept as ever.
    assert.equal(await keepConsultation(await person('madoguchi'), told), 'kept')
    await hand('タナカ', '0263-00-1111')
    assert.lengthOf(await db.from('consultations'), 3)
  })

  test('is erased when its days are over, but for what is still to be done', async ({ assert }) => {
    const desk = await person('madoguchi')
    await keepConsultation(desk, told)
    await keepConsultation(desk, { ...told, phone: '', who: '' })
    await keepConsultation(desk, { ...told, followUpOn: '2020-02-03' })
    await receiveCall({ externalId: null, event: 'answered', number: '0263001234' })
    await enroll(desk, await Lesson.firstOrFail(), { kana: 'ヤマダ ハルエ', phone: '0263001234' })
    const living = async (table: string) =>
      (
        await db
          .from(table)
          .join('data_keys', 'data_keys.id', `${table}.data_key_id`)
          .whereNotNull('data_keys.wrapped')
          .whereNull('erased_at')
      ).length
    const left = async () => [
      await living('calls'),
      await living('consultations'),
      await living('lesson_places'),
    ]
    await removeOldDeskRecords()
    assert.deepEqual(await left(), [1, 3, 1])

    await db.from('calls').update({ at: '2020-02-03' })
    await db.from('consultations').update({ created_at: '2020-02-03' })
    const starts = await db.from('lessons').select('id', 'starts_at')
    await db.from('lessons').update({ starts_at: '2020-02-03' })
    await removeOldDeskRecords()
    for (const { id, starts_at: at } of starts)
      await db.from('lessons').where('id', id).update({ starts_at: at })
    assert.deepEqual(await left(), [0, 1, 0])
    assert.lengthOf(await db.from('calls').whereNotNull('number_token'), 0)
    assert.lengthOf(await db.from('events').where('verb', 'consultation.erased'), 2)
    const page = await (await Visitor.loggedIn('madoguchi')).get('/consultations')
    assert.equal(page.status, 200)
  })
})
