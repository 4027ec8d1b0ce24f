import { wishesOf } from '#app/catalog/handover_rules'
import db from '@adonisjs/lucid/services/db'
import { bookingsOf } from '#app/bookings/describe_booking'
import { connectorOf } from '#app/handover/connectors'
import { plainLabel } from '#app/catalog/plain_label'
import { frozenVersion } from '#app/catalog/frozen_version'
import type { CurrentPerson } from '#app/desk/visits/current_person'
import { hiddenFields } from '#app/desk/visits/open_person'
import { showIn } from '#app/desk/visits/show_in'
import type User from '#app/people/user'
import { typesetSlip } from '#app/replies/products/slip/slip_product'
import { openReply } from '#app/replies/open_reply'
import { composeFor } from '#app/replies/compose_letter'
import { spokenSlot } from '#app/core/spoken'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import { typeset } from '#app/core/typesetter'
import { transition } from '#app/core/transition'

/** Everything that is about to be booked, in large print, for the person to read through. */
export async function confirmationOf({ submission, asked, draft }: CurrentPerson): Promise<Buffer> {
  const shown = await connectorOf(asked.version).shownValues(asked, db)
  const [booking] = await bookingsOf([submission.id])
  const { version } = asked
  const wishes = wishesOf(version.description.handover)
  const hidden = draft.hides ? hiddenFields(version) : []
  const rows = version.fields
    .filter(
      (field) =>
        !wishes.includes(field.key) && !hidden.includes(field.key) && asked.value(field.key)
    )
    .map((field) => ({
      label: plainLabel(field.label).ja,
      text: showIn(asked, field.key, shown, 'ja'),
    }))
  const { pdf } = await typeset('confirmation.typ', {
    title: '確かめてください',
    when: booking ? spokenSlot(booking.startsAt) : '',
    place: booking?.place.ja ?? '',
    price: `${connectorOf(version).price(asked).toLocaleString('ja-JP')}円`,
    rows,
    receipt: submission.receipt,
    contact: version.description.contact,
  })
  return pdf
}

/** The slip that goes home: number, time, place, price, what to bring, how to change it, the watchword. Null without a booking. */
export async function slipOf(submission: Submission): Promise<Buffer | null> {
  const version = await frozenVersion(submission.serviceVersionId)
  const latest = await latestValues(submission)
  const booking = (await bookingsOf([submission.id])).find((one) => one.state === 'booked')
  const { letters } = version.description.replies
  const kind = letters.slip ? 'slip' : 'booked'
  if (!latest || !booking || !letters[kind]) return null
  const asked = {
    submission,
    version,
    value: valueIn(latest.values),
  }
  const letter = await composeFor(kind, asked, booking, db)
  const coupon: { code: string; yen: number } | null = await db
    .from('coupons')
    .where('booking_id', booking.id)
    .select('code', 'yen')
    .first()
  return typesetSlip(letter, coupon)
}

/** The slip was opened to be printed: it counts as handed over. */
export async function handSlip(user: User, submission: Submission): Promise<void> {
  const version = await frozenVersion(submission.serviceVersionId)
  await transition(async (t) => {
    const revision: { id: string } = await t.trx
      .from('revisions')
      .where('submission_id', submission.id)
      .orderBy('number', 'desc')
      .select('id')
      .firstOrFail()
    const reply = await openReply(t, submission, version, {
      kind: 'slip',
      product: 'slip',
      revisionId: revision.id,
    })
    await reply?.handOver(t, { actorId: user.id })
    t.record({
      verb: 'slip.printed',
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: user.id,
    })
  })
}
