import type { HttpContext } from '@adonisjs/core/http'
import Service from '#app/catalog/service'
import { receiveScan } from '#app/intake/receive_scan'
import { orderOf } from '#app/clients/order_of'
import { orderUploadValidator } from '#app/clients/order_validator'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'

/** Scans that a client uploads into its work order. */
export default class OrderScansController {
  async store(ctx: HttpContext) {
    const { auth, params, request, response, i18n, session } = ctx
    const files = request.files('files')
    const user = auth.getUserOrFail()
    const order = await orderOf(user, params.id)
    // What is of no service has no forms that could be read.
    if (!order.serviceId) return notFound(ctx)
    const service = await Service.findOrFail(order.serviceId)
    const [problems, input] = await orderUploadValidator.tryValidate(request.all())
    const answers: { ok: boolean; message: string }[] = []
    const refused =
      problems || files.length === 0
        ? 'intake.choose_files'
        : order.state === 'closed'
          ? 'clients.is_closed'
          : null
    if (refused) answers.push({ ok: false, message: i18n.t(refused) })
    else
      for (const [index, file] of files.entries()) {
        const received = await receiveScan(user, service, {
          key: `${input?.upload_key}:${index}`,
          name: file.clientName,
          content: (await uploaded(file)) ?? Buffer.alloc(0),
          workOrderId: order.id,
        })
        const message = received.ok
          ? received.known
            ? 'intake.known'
            : 'clients.taken'
          : `intake.refused.${received.reason}`
        answers.push({ ok: received.ok, message: i18n.t(message) })
      }
    const bad = answers.some((answer) => !answer.ok)
    if (request.accepts(['html', 'json']) === 'json') {
      if (bad) response.status(422)
      return { files: answers }
    }
    notice(session, bad ? 'bad' : 'good', bad ? 'clients.some_refused' : 'clients.taken')
    return response.redirect(`/orders/${order.id}`)
  }
}
