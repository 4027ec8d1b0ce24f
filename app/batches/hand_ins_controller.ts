import type { HttpContext } from '@adonisjs/core/http'
import { ownBatch } from '#app/batches/own_batch'
import { beginBatch, receivePiece, receiveTable, takeOut } from '#app/batches/receive_material'
import { showBatch } from '#app/batches/show_batch'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'

/** Hands in what a batch consists of: a table, or files. */
export default class HandInsController {
  /** Files; scripts ask for JSON and send them one by one. Without script all come at once. */
  async files(ctx: HttpContext) {
    const { auth, i18n, params, request, response } = ctx
    const batch = await ownBatch(auth.getUserOrFail(), params.id)
    const files = request.files('files')
    const answers: { ok: boolean; message: string }[] = []
    for (const file of files) {
      const content = file.size > 0 ? await uploaded(file, MAX_SCAN_BYTES) : Buffer.alloc(0)
      const received = content
        ? await receivePiece(batch.id, file.clientName, content)
        : ({ ok: false, reason: 'too_large' } as const)
      const key = received.ok ? (received.known ? 'known' : 'received') : received.reason
      answers.push({ ok: received.ok, message: i18n.t(`batches.file_${key}`) })
    }
    if (request.accepts(['html', 'json']) === 'json') return { files: answers }
    const refused = answers.find(({ ok }) => !ok)
    if (answers.length > 0 && !refused) return response.redirect(`/batches/${batch.id}`)
    response.status(422)
    const problem = refused?.message ?? i18n.t('batches.no_file')
    return showBatch(ctx, await batch.refresh(), { problem })
  }

  async table(ctx: HttpContext) {
    const { auth, i18n, params, request, response } = ctx
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const content = await uploaded(request.file('file'), MAX_SCAN_BYTES)
    if (content && (await receiveTable(user, batch.id, content)))
      return response.redirect(`/batches/${batch.id}`)
    response.status(422)
    const problem = i18n.t(content ? 'batches.overtaken' : 'batches.no_file')
    return showBatch(ctx, await batch.refresh(), { problem })
  }

  /** A file that came in by mistake. */
  async remove({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const isOut = await takeOut(user, batch.id, Number(params.piece))
    notice(session, isOut ? 'good' : 'warn', `batches.${isOut ? 'taken_out' : 'overtaken'}`)
    return response.redirect(`/batches/${batch.id}`)
  }

  /** That was all of it. */
  async begin({ auth, params, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    if (!(await beginBatch(user, batch.id))) notice(session, 'warn', 'batches.nothing_yet')
    return response.redirect(`/batches/${batch.id}`)
  }
}
