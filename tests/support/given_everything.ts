import db from '@adonisjs/lucid/services/db'
import Batch from '#app/batches/batch'
import { offersOf } from '#app/batches/packs/offer_packs'
import { acceptPack } from '#app/batches/packs/accept_pack'
import { drainFlow } from '#app/flow/sweeper'
import { addRole } from '#app/people/roles/save_role'
import Organization from '#app/people/organization'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { receiveCall } from '#app/desk/calls/receive_call'
import { writeMail } from '#app/core/mail/write_mail'
import Incident from '#app/center/incidents/incident'
import { nameRequest, openIncident } from '#app/center/incidents/keep_incident'
import { openOrder } from '#app/center/residents/order'
import { wallTime } from '#app/core/clock'
import { transition } from '#app/core/transition'
import Service from '#app/catalog/service'
import { receiveLedger } from '#app/registry/ledger/receive_ledger'
import { newId } from '#app/core/ids'
import { givenKeyed, givenSubmission, person, runWishes, take } from '#tests/support/given'
import { cityForm } from '#tests/support/city_form'
import { beginOnForm, forgetService } from '#tests/support/given_city_form'
import { accept, answer, givenBatch, rows } from '#tests/support/given_batch'
import { givenForm } from '#tests/support/given_form'
import { approved, givenMailing, handInList, listOf } from '#tests/support/given_mailing'
import { givenWish } from '#tests/support/given_wish'
import { givenEnclosed, planPosting } from '#tests/support/given_posting'
import { givenDonation } from '#tests/support/given_donation'
import { givenBooked, givenRegister, givenVisit } from '#tests/support/given_live'
import { takenOut } from '#tests/support/taken_out'
import { Visitor } from '#tests/support/visitor'

/** Makes some of everything, and returns the addresses of its screens as an administrator opens them. */
export async function givenEverything(): Promise<string[]> {
  const admin = await person('admin')
  await forgetService('club')
  const submission = await givenKeyed()
  await planPrintRun(admin, submission.clientId, newId(), runWishes())
  await drainFlow()
  await givenRegister()
  const { visit } = await givenVisit()
  await givenBooked({ voucher_number: '4111111111' })
  await receiveCall({ externalId: null, event: 'answered', number: '0263001234' })
  await addRole(admin, await Organization.findByOrFail('kind', 'center'), {
    name: '夜の係',
    permissions: ['submissions.see'],
  })
  const client = await Visitor.loggedIn('kenko')
  await client.post('/services/vaccination/draft')
  const service = await db.from('services').where('slug', 'vaccination').firstOrFail()
  const { location: order } = await client.post('/orders', {
    title: '業務',
    service_id: service.id,
    direction: 'to_digital',
    due_on: '2099-01-05',
  })
  await db.table('mail_servers').insert({ id: newId(), mode: 'outbox' })
  await transition((t) =>
    writeMail(t, { purpose: 'notice', to: 'a@aone.example.jp', subject: '知らせ', text: '文' })
  )
  await givenWish(admin, submission.clientId, { typeSize: 22, email: 'haru@example.jp' })
  const away = { host: '127.0.0.1', port: 9, security: 'none', sender: 'a@aone.example.jp' }
  await db.from('mail_servers').update({ mode: 'smtp', ...away })
  await givenKeyed()
  await db.from('mail_servers').update({ mode: 'outbox' })
  const incident = await openIncident(admin, submission.clientId, {
    kind: 'loss',
    knownAt: wallTime(),
    keysLeaked: false,
    improper: false,
    story: '封筒が一通、見あたらない。',
  })
  await nameRequest(admin, await Incident.findOrFail(incident), submission.receipt)
  const disclosure = await openOrder(
    admin,
    { clientId: submission.clientId, submission },
    {
      kind: 'disclose',
      ground: '決裁',
      records: [{ record: 'submission', id: submission.id }],
    }
  )
  const disposal = newId()
  await db
    .table('disposals')
    .insert({ id: disposal, client_id: submission.clientId, cause: 'rule', state: 'proposed' })
  await db.table('disposal_items').insert({
    disposal_id: disposal,
    record: 'submission',
    record_id: submission.id,
    extent: 'all',
  })
  const { at: exported } = await takenOut(client, { service_id: service.id })
  const ledger = await receiveLedger(
    await person('kifu'),
    await Service.findByOrFail('slug', 'onestop'),
    { name: 'ledger.csv', content: Buffer.from('x') }
  )
  await givenDonation()
  await beginOnForm(
    await Visitor.loggedIn('leader'),
    'club',
    await cityForm('Application of the citizens club')
  )
  const leader = await Visitor.loggedIn('leader')
  const team = new URLSearchParams({ name: '名簿チーム', leader_id: (await person('leader')).id })
  for (const login of ['admin', 'operator1', 'operator2'])
    team.append('people[]', (await person(login)).id)
  const { location: made } = await leader.post('/teams', team)
  const batch = await givenBatch(leader, {
    table: rows(40),
    kind: { check: '100' },
    batch: { team_id: made!.split('/').at(-1)! },
  })
  const operator = await Visitor.loggedIn('operator1')
  await answer(operator, await accept(operator, batch), { f1: '青嶺太郎', f2: '' })
  const { id: batchId } = await db.from('batches').firstOrFail()
  const [shown] = await offersOf(admin, await Batch.findOrFail(batchId), 'center')
  const accepted = await acceptPack(admin, 'center', String(batchId), shown)
  const chief = await Visitor.loggedIn('kacho')
  const mailing = await givenMailing(client)
  await givenForm(
    client,
    `/letter-templates/${String((await db.from('letter_templates').firstOrFail()).id)}`
  )
  await handInList(
    client,
    mailing,
    `${listOf(4)}\r\n399-9903,長野県青嶺市上久保,山田太郎,12月1日,公民館`
  )
  const second = await givenMailing(client, { letter: { name: '二つめ' } })
  await handInList(client, second, listOf(3))
  await approved(client, chief, second)
  const senders = { client, chief, leader }
  const run = await givenEnclosed(senders, listOf(2), { name: '三つめ' })
  const { location: posting } = await planPosting(leader, [run])
  await givenEnclosed(senders, listOf(3), { name: '四つめ' })
  await givenSubmission()
  const assignment = await take(admin)
  const vaccination = await Service.findByOrFail('slug', 'vaccination')
  const first = async (table: string) => (await db.from(table).select('id').firstOrFail()).id
  const slot = await db
    .from('slots')
    .whereIn('id', db.from('bookings').select('slot_id'))
    .select('calendar_id', db.raw(`to_char(starts_at, 'YYYY-MM-DD') as day`))
    .firstOrFail()
  return [
    '/submissions',
    `/submissions/${submission.id}`,
    `/submissions/${submission.id}/provenance`,
    `/calendars/${slot.calendar_id}`,
    `/calendars/${slot.calendar_id}/days/${slot.day}`,
    `/people/${admin.id}`,
    `/people/${(await person('operator1')).id}`,
    '/operators',
    `/operators/${(await person('operator1')).id}`,
    `/roles/${await first('roles')}`,
    '/services/vaccination',
    '/services/vaccination/draft',
    `/board/services/${vaccination.id}`,
    '/services/vaccination/draft/publication',
    '/print-runs',
    `/print-runs/${await first('print_runs')}`,
    '/postings',
    posting!,
    `/desk/visits/${visit.id}`,
    `/desk/bookings/${await first('bookings')}`,
    order!,
    '/orders',
    `/lessons/${await first('lessons')}`,
    `/articles/${await first('articles')}/edit`,
    '/calls',
    '/register',
    `/audit?receipt=${submission.receipt}`,
    '/mail',
    '/retention',
    '/consents',
    '/openings',
    '/incidents',
    `/incidents/${incident}`,
    `/residents/${submission.id}`,
    '/disclosures',
    disclosure,
    '/disposals',
    `/disposals/${disposal}`,
    `/mail/${await first('mails')}`,
    `/scans/${await first('scans')}`,
    `/calls/${await first('calls')}`,
    `/register/${await first('register_imports')}`,
    `/ledger/${ledger.id}`,
    exported,
    '/services/vaccination/readings',
    '/services/vaccination/draft/fields/name',
    '/services/vaccination/draft/rules',
    '/services/vaccination/draft/letters/booked',
    `/checks/${await first('acceptance_checks')}`,
    '/services/club/draft/form',
    '/services/club/draft/places',
    '/services/club/draft/trial',
    '/batches',
    batch,
    `${batch}/pieces/1`,
    '/letter-templates',
    `/letter-templates/${await first('letter_templates')}`,
    `/letter-templates/${await first('letter_templates')}/form`,
    mailing,
    second,
    `/orders/${(await db.from('mailings').firstOrFail()).work_order_id}/mailings/new`,
    `/replies/${(await db.from('replies').where('product', 'mail').firstOrFail()).id}/mail`,
    '/returned-mail',
    '/teams',
    made!,
    '/work-kinds',
    '/work-kinds/new?kit=transcription',
    `/work-kinds/${await first('work_kinds')}`,
    `/work/offers/${String(batchId)}`,
    '/work/packs',
    '/work/log',
    '/work/approvals',
    ...(accepted.ok ? [`/work/packs/${accepted.packId}`] : []),
    ...(assignment ? [`/work/assignments/${assignment.id}`] : []),
  ]
}
