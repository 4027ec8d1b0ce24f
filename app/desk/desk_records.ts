import db from '@adonisjs/lucid/services/db'
import Call, { callSealContext } from '#app/desk/calls/call'
import Consultation, {
  notesSealContext,
  type ConsultationNotes,
} from '#app/desk/consultations/consultation'
import LessonPlace from '#app/desk/lessons/lesson_place'
import { lessonPersonSealContext, type LessonPerson } from '#app/desk/lessons/lesson'
import { lessonTokens } from '#app/desk/lessons/lesson_places'
import { CALL_NUMBER } from '#app/replies/calls/number_token'
import { blindIndexes, openLivingSealers } from '#app/core/sealing'
import { isUnderLegalHold } from '#app/submissions/legal_hold'
import {
  eraseRecord,
  rowsUnder,
  type Resident,
  type ResidentRecords,
} from '#app/submissions/resident_records'

/** Finds the tokens of a resident's phones. */
function numberTokens(facts: Resident['facts']): string[] {
  const phones = [...new Set(facts.map(({ phone }) => phone).filter(Boolean))]
  return phones.flatMap((phone) => blindIndexes(phone, CALL_NUMBER))
}

/** Calls from a resident's phone. Others may share it: somebody says which are theirs. */
export const callRecords: ResidentRecords = {
  name: 'call',
  ofCenter: true,

  async find({ facts, only }) {
    const calls = await Call.query()
      .whereIn(only ? 'id' : 'numberToken', only ?? numberTokens(facts))
      .orderBy('at')
    const sealers = await openLivingSealers(calls.flatMap(({ dataKeyId }) => dataKeyId ?? []))
    return calls.flatMap((call) => {
      const sealer = call.dataKeyId && sealers.get(call.dataKeyId)
      if (!sealer || !call.number) return []
      return [
        {
          id: call.id,
          at: call.at.toJSDate(),
          isSure: false,
          says: [['phone', sealer.openText(callSealContext(call.id), call.number)]],
        },
      ]
    })
  },

  erase: (id, by) =>
    eraseRecord('call', id, by, async (t) => {
      const visitors: { id: string }[] = await t.trx
        .from('submissions')
        .join('visits', 'visits.id', 'submissions.visit_id')
        .where('visits.call_id', id)
        .select('submissions.id')
      if (
        await isUnderLegalHold(
          t,
          visitors.map((one) => one.id)
        )
      )
        return 'held'
      const [row]: { data_key_id: string | null; client_id: string }[] = await t.trx
        .from('calls')
        .where('id', id)
        .whereNull('erased_at')
        .update({ number_token: null, erased_at: t.trx.raw('now()') })
        .returning(['data_key_id', 'client_id'])
      return row ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
    }),
  under: (keys) => rowsUnder('calls', keys),
  remains: async (id) =>
    (await db.from('calls').where('id', id).whereNull('erased_at').first()) !== null,
}

/** Consultations in which a resident's phone was written down. Others may share it: somebody says which are theirs. */
export const consultationRecords: ResidentRecords = {
  name: 'consultation',
  ofCenter: true,

  async find({ facts, only }) {
    const consultations = await Consultation.query()
      .whereIn(only ? 'id' : 'numberToken', only ?? numberTokens(facts))
      .orderBy('createdAt')
    const sealers = await openLivingSealers(consultations.map(({ dataKeyId }) => dataKeyId))
    return consultations.flatMap((one) => {
      const notes = sealers
        .get(one.dataKeyId)
        ?.openJson<ConsultationNotes>(notesSealContext(one.id), one.notes)
      if (!notes) return []
      const says: [string, string][] = [
        ['who', notes.who],
        ['phone', notes.phone ?? ''],
        ['done', notes.steps],
        ['to_do', notes.followUp],
        ['answer', notes.answer ?? ''],
      ]
      return [
        {
          id: one.id,
          at: one.createdAt.toJSDate(),
          isSure: false,
          says: says.filter(([, text]) => text !== ''),
        },
      ]
    })
  },

  erase: (id, by) =>
    eraseRecord('consultation', id, by, async (t) => {
      const [row]: { data_key_id: string; client_id: string }[] = await t.trx
        .from('consultations')
        .where('id', id)
        .whereNull('erased_at')
        .update({ number_token: null, erased_at: t.trx.raw('now()') })
        .returning(['data_key_id', 'client_id'])
      return row ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
    }),
  under: (keys) => rowsUnder('consultations', keys),
  remains: async (id) =>
    (await db.from('consultations').where('id', id).whereNull('erased_at').first()) !== null,
}

/** Places in lessons, found by kana with phone. */
export const lessonRecords: ResidentRecords = {
  name: 'lesson_place',
  ofCenter: true,

  async find({ facts, only }) {
    const tokens = facts.flatMap(({ kana, phone }) =>
      kana && phone ? lessonTokens({ kana, phone }) : []
    )
    const places = await LessonPlace.query().whereIn(only ? 'id' : 'personToken', only ?? tokens)
    const sealers = await openLivingSealers(places.map(({ dataKeyId }) => dataKeyId))
    return places.flatMap((place) => {
      const sealer = sealers.get(place.dataKeyId)
      if (!sealer) return []
      const { kana, phone } = sealer.openJson<LessonPerson>(
        lessonPersonSealContext(place.id),
        place.person
      )
      return [
        {
          id: place.id,
          at: place.createdAt.toJSDate(),
          isSure: true,
          says: [
            ['kana', kana],
            ['phone', phone],
          ],
        },
      ]
    })
  },

  // Who had a place isn't told by anything any more; that one was taken stays counted.
  erase: (id, by) =>
    eraseRecord('lesson_place', id, by, async (t) => {
      const [row]: { data_key_id: string }[] = await t.trx
        .from('lesson_places')
        .where('id', id)
        .whereNull('erased_at')
        .update({ person_token: `erased:${id}`, erased_at: t.trx.raw('now()') })
        .returning(['data_key_id'])
      if (!row) return null
      const lesson: { client_id: string } = await t.trx
        .from('lesson_places as p')
        .join('lessons as l', 'l.id', 'p.lesson_id')
        .where('p.id', id)
        .select('l.client_id')
        .firstOrFail()
      return { dataKeyId: row.data_key_id, clientId: lesson.client_id }
    }),
  under: (keys) => rowsUnder('lesson_places', keys),
  remains: async (id) =>
    (await db.from('lesson_places').where('id', id).whereNull('erased_at').first()) !== null,
}
