import db from '@adonisjs/lucid/services/db'
import { describeBooking } from '#app/bookings/describe_booking'
import CallBack from '#app/replies/calls/call_back'
import { isRefusedCall, phoneOfCall } from '#app/replies/calls/phone_of_call'
import { frozenVersion } from '#app/catalog/frozen_version'
import { spokenSlot } from '#app/core/spoken'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { relativesOf } from '#app/registry/relatives'
import { factsOf } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { chunkedDigits, spokenMoment } from '#app/core/spoken'

/** Everything the caller needs before the first word: number, watchword, what may be told to whom, what was tried. */
export async function showCallBack(id: string) {
  const callBack = await CallBack.findOrFail(id)
  const submission = callBack.submissionId ? await Submission.find(callBack.submissionId) : null
  const latest = submission && submission.state !== 'erased' ? await latestValues(submission) : null
  const version = submission ? await frozenVersion(submission.serviceVersionId) : null
  const value = valueIn(latest?.values)
  const person = version?.description.person
  const booking = callBack.bookingId ? await describeBooking(callBack.bookingId) : null
  const phone = await phoneOfCall(callBack)
  const attempts: { number: number; outcome: string; at: Date; who: string }[] = await db
    .from('call_attempts')
    .join('users', 'users.id', 'call_attempts.user_id')
    .where('call_back_id', id)
    .orderBy('number')
    .select('number', 'outcome', 'at', 'users.display_name as who')
  return {
    callBack,
    submission,
    attempts,
    phone: chunkedDigits(phone),
    /** nobody is to call there any more, since it was planned */
    isRefused: await isRefusedCall(callBack),
    name: value(person?.name) || value(person?.kana),
    kana: value(person?.kana),
    watchword: value(person?.watchword),
    city: version?.description.contact.city ?? '',
    /** what is printed on the letter: who doubts hangs up and calls it */
    ownPhone: version?.description.contact.phone ?? '',
    others: await othersTold(id),
    relatives:
      submission && latest && version
        ? await relativesOf(submission.clientId, factsOf(version.description.person, value))
        : [],
    /** the time that is held for them */
    offer: booking?.state === 'held' ? spokenSlot(booking.startsAt) : '',
    spoken: booking?.state === 'held' ? spokenMoment(booking.startsAt) : '',
    place: booking?.place.ja ?? '',
    bookingId: booking?.state === 'held' ? booking.id : null,
    /** what they had before the day was closed */
    before: await timeBefore(callBack.bookingId),
  }
}

async function timeBefore(bookingId: string | null): Promise<string> {
  const row: { replaces_id: string | null } | null = bookingId
    ? await db.from('bookings').where('id', bookingId).select('replaces_id').first()
    : null
  return row?.replaces_id ? spokenSlot((await describeBooking(row.replaces_id)).startsAt) : ''
}

/** Lists those told in the same call, because they share the phone: name, the time that is held, the one before. */
async function othersTold(id: string) {
  const others = await CallBack.query()
    .where({ togetherWith: id, state: 'open' })
    .orderBy('createdAt')
  return Promise.all(
    others.map(async (other) => {
      const submission = other.submissionId ? await Submission.find(other.submissionId) : null
      const latest = submission && (await latestValues(submission))
      const version = submission && (await frozenVersion(submission.serviceVersionId))
      const value = valueIn(latest?.values)
      const booking = other.bookingId ? await describeBooking(other.bookingId) : null
      return {
        id: other.id,
        name: value(version?.description.person.name) || value(version?.description.person.kana),
        watchword: value(version?.description.person.watchword),
        offer: booking?.state === 'held' ? spokenSlot(booking.startsAt) : '',
        before: await timeBefore(other.bookingId),
      }
    })
  )
}
