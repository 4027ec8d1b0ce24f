import type { HttpContext } from '@adonisjs/core/http'
import Service from '#app/catalog/service'
import { visibleTo } from '#app/people/client_scope'
import { openOrders, scanList } from '#app/intake/list_scans'
import { openEnvelope } from '#app/intake/open_envelope'
import { putInOrder } from '#app/intake/put_in_order'
import { receiveScan, type Received } from '#app/intake/receive_scan'
import Scan from '#app/intake/scan'
import { scanProgress } from '#app/intake/scan_progress'
import { tryAgain } from '#app/intake/try_again'
import { orderValidator, uploadValidator } from '#app/intake/scan_validator'
import WorkOrder from '#app/submissions/work_order'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { openLivingSealers } from '#app/core/sealing'
import { uploaded } from '#app/core/uploaded'

/** Files that came in. */
export default class ScansController {
  async index({ auth, request, view }: HttpContext) {
    return view.render('intake/index', await scanList(auth.getUserOrFail(), request.qs()))
  }

  /** Takes one or more files. Scripts ask for JSON and send them one by one; without script all come at once. */
  async store(ctx: HttpContext) {
    const { auth, request, response, view, i18n } = ctx
    const files = request.files('files')
    const user = auth.getUserOrFail()
    const [problems, input] = await uploadValidator.tryValidate(request.all())
    const order = input?.work_order_id
      ? await visibleTo(WorkOrder.query(), user)
          .where('id', input.work_order_id)
          .whereNotNull('serviceId')
          .first()
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
            ...(await scanList(user)),
            refused: [{ name: '', message }],
          })
    }
    const arrivedOn =
      input.arrived_on && isRealDate(input.arrived_on) && input.arrived_on <= today()
        ? input.arrived_on
        : today()
    // All files of one upload that came in one envelope share it.
    const envelopeId = input.one_envelope
      ? await openEnvelope(service.clientId, arrivedOn, input.envelope_id)
      : undefined
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
    return view.render('intake/index', { ...(await scanList(user)), refused })
  }

  async show({ auth, params, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const scan = await visibleTo(Scan.query(), user).where('scans.id', params.id).firstOrFail()
    return view.render('intake/show', {
      scan,
      progress: await scanProgress(scan),
      order: scan.workOrderId ? await WorkOrder.findOrFail(scan.workOrderId) : null,
      orders: scan.workOrderId || !scan.serviceId ? [] : await openOrders(user, scan.serviceId),
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

  /** Puts what came in without a work order into one. */
  async putInOrder({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const scan = await visibleTo(Scan.query(), user).where('scans.id', params.id).firstOrFail()
    const { work_order_id: id } = await request.validateUsing(orderValidator)
    const order = await visibleTo(WorkOrder.query(), user).where('id', id).firstOrFail()
    const done = await putInOrder(user, scan.id, order.id)
    notice(session, done === 'done' ? 'good' : 'bad', `intake.put_${done}`)
    return response.redirect(`/scans/${scan.id}`)
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
