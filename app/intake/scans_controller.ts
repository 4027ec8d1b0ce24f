import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { openEnvelope } from '#app/intake/open_envelope'
import { putInOrder } from '#app/intake/put_in_order'
import { receiveScan, type Received } from '#app/intake/receive_scan'
import Scan from '#app/intake/scan'
import { scanProgress } from '#app/intake/scan_progress'
import { tryAgain } from '#app/intake/try_again'
import { orderValidator, uploadValidator } from '#app/intake/scan_validator'
import WorkOrder from '#app/submissions/work_order'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { isRealDate } from '#app/core/japanese_calendar'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { notice } from '#app/core/notice'
import { openLivingSealers } from '#app/core/sealing'
import { uploaded } from '#app/core/uploaded'

/** Open orders that are offered; more would be searched for. */
const MAX_ORDERS = 100

/** Files that came in. */
export default class ScansController {
  async index({ auth, request, view }: HttpContext) {
    return view.render(
      'intake/index',
      await this.#list(auth.getUserOrFail(), await pageNumber(request.qs()))
    )
  }

  /** Takes one or more files. Scripts ask for JSON and send them one by one; without script all come at once. */
  async store(ctx: HttpContext) {
    const { auth, request, response, view, i18n } = ctx
    const files = request.files('files')
    const user = auth.getUserOrFail()
    const [problems, input] = await uploadValidator.tryValidate(request.all())
    const order = input?.work_order_id
      ? await visibleTo(WorkOrder.query(), user).where('id', input.work_order_id).first()
      : null
    // What is put into a work order is of its service.
    const service = input && (await Service.find(order?.serviceId ?? input.service_id))
    const asJson = request.accepts(['html', 'json']) === 'json'
    const isLostOrder = Boolean(input?.work_order_id) && !order
    if (problems || !input || !service || isLostOrder || files.length === 0) {
      const message = i18n.t('intake.choose_files')
      response.status(422)
      return asJson
        ? { files: [{ ok: false, message }] }
        : view.render('intake/index', {
            ...(await this.#list(user, 1)),
            refused: [{ name: '', message }],
          })
    }
    const arrivedOn =
      input.arrived_on && isRealDate(input.arrived_on) && input.arrived_on <= today()
        ? input.arrived_on
        : today()
    const envelopeId = await this.#envelope(service.clientId, input, arrivedOn)
    const results: { name: string; received: Received }[] = []
    for (const [index, file] of files.entries()) {
      const received = await receiveScan(user, service, {
        key: `${input.upload_key}:${index}`,
        name: file.clientName,
        content: (await uploaded(file)) ?? Buffer.alloc(0),
        arrivedOn,
        envelopeId,
        workOrderId: order?.id,
      })
      results.push({ name: file.clientName, received })
    }
    if (asJson) return { files: results.map(({ received }) => answer(received, i18n)), envelopeId }
    const refused = results.flatMap(({ name, received }) =>
      received.ok ? [] : [{ name, message: i18n.t(`intake.refused.${received.reason}`) }]
    )
    const [first] = results.flatMap(({ received }) => (received.ok ? [received.scan] : []))
    if (refused.length === 0 && results.length === 1 && first)
      return response.redirect(`/scans/${first.id}`)
    if (refused.length > 0) response.status(422)
    return view.render('intake/index', { ...(await this.#list(user, 1)), refused })
  }

  async show({ auth, params, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const scan = await visibleTo(Scan.query(), user).where('scans.id', params.id).firstOrFail()
    return view.render('intake/show', {
      scan,
      progress: await scanProgress(scan),
      order: scan.workOrderId ? await WorkOrder.findOrFail(scan.workOrderId) : null,
      orders:
        scan.workOrderId || !scan.serviceId ? [] : await this.#openOrders(user, scan.serviceId),
      mayTryAgain: scan.state === 'refused' && (await openLivingSealers([scan.dataKeyId])).size > 0,
      mayAnswer: user.may('pages.identify'),
    })
  }

  /** A refused file is opened once more. */
  async again({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const scan = await visibleTo(Scan.query(), user).where('scans.id', params.id).firstOrFail()
    const opened = await tryAgain(user, scan.id)
    notice(session, opened ? 'good' : 'bad', opened ? 'intake.again_done' : 'intake.again_gone')
    return response.redirect(`/scans/${scan.id}`)
  }

  /** What came in without a work order is put into one. */
  async putInOrder({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const scan = await visibleTo(Scan.query(), user).where('scans.id', params.id).firstOrFail()
    const { work_order_id: id } = await request.validateUsing(orderValidator)
    const order = await visibleTo(WorkOrder.query(), user).where('id', id).firstOrFail()
    const done = await putInOrder(user, scan.id, order.id)
    notice(session, done === 'done' ? 'good' : 'bad', `intake.put_${done}`)
    return response.redirect(`/scans/${scan.id}`)
  }

  async #list(user: User, page: number) {
    const scans = await visibleTo(Scan.query(), user)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(page, PAGE_SIZE)
    const sealers = await openLivingSealers(scans.map((scan) => scan.nameKeyId ?? scan.dataKeyId))
    const counts: { scan_id: string; forms: string }[] = await db
      .from('pages')
      .whereIn(
        'scan_id',
        scans.map((scan) => scan.id)
      )
      .groupBy('scan_id')
      .select('scan_id')
      .countDistinct('submission_id as forms')
    const others: { scan_id: string; state: string; reason: string; pages: number }[] = await db
      .from('pages')
      .whereIn(
        'scan_id',
        scans.map((scan) => scan.id)
      )
      .whereIn('state', ['identify', 'set_aside'])
      .whereNotNull('reason')
      .groupBy('scan_id', 'state', 'reason')
      .orderBy('state')
      .orderBy('reason')
      .select('scan_id', 'state', 'reason', db.raw('count(*)::int as pages'))
    return {
      scans,
      others: new Map(scans.map(({ id }) => [id, others.filter((one) => one.scan_id === id)])),
      names: new Map(
        scans.map((scan) => [
          scan.id,
          sealers
            .get(scan.nameKeyId ?? scan.dataKeyId)
            ?.openText(`scans.name:${scan.id}`, scan.name) ?? '—',
        ])
      ),
      forms: new Map(counts.map((row) => [row.scan_id, Number(row.forms)])),
      services: await this.#services(),
      orders: await this.#openOrders(user),
      uploadKey: newId(),
      today: today(),
      refused: [],
    }
  }

  /** What post can be put into: it is delivered in the order's layout then. */
  #openOrders(user: User, serviceId?: string) {
    return visibleTo(WorkOrder.query(), user)
      .where({ state: 'open', direction: 'to_digital' })
      .if(serviceId, (query) => query.where('serviceId', serviceId!))
      .orderBy('dueOn')
      .orderBy('number')
      .limit(MAX_ORDERS)
  }

  async #services() {
    const services = await Service.query().orderBy('createdAt').orderBy('id')
    const versions = await ServiceVersion.query()
      .whereIn(
        'serviceId',
        services.map((service) => service.id)
      )
      .orderBy('number')
    return services.map((service) => ({
      id: service.id,
      name: versions.findLast((version) => version.serviceId === service.id)!.description.name,
    }))
  }

  /** All files of one upload that came in one envelope share it; a known one is taken only if it is the same client's. */
  async #envelope(
    clientId: string,
    input: { one_envelope?: boolean; envelope_id?: string },
    arrivedOn: string
  ) {
    if (!input.one_envelope) return undefined
    const known =
      input.envelope_id &&
      (await db.from('envelopes').where({ id: input.envelope_id, client_id: clientId }).first())
    return known ? input.envelope_id : openEnvelope(clientId, arrivedOn)
  }
}

function answer(received: Received, i18n: HttpContext['i18n']) {
  if (!received.ok) return { ok: false, message: i18n.t(`intake.refused.${received.reason}`) }
  return {
    ok: true,
    message: i18n.t(received.known ? 'intake.known' : 'intake.taken'),
    url: `/scans/${received.scan.id}`,
  }
}
