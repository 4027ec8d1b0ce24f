import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Batch from '#app/batches/batch'
import Piece from '#app/batches/pieces/piece'
import { attachFile, openAnswerFile, removeAnswerFile } from '#app/batches/pieces/answer_files'
import { pieceOfBatch } from '#app/batches/pieces/piece_material'
import { pieceShown } from '#app/batches/pieces/piece_shown'
import { isHeld, ownAssignment } from '#app/tasks/own_assignment'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'

const uploadValidator = vine.create({ upload_key: vine.string().maxLength(60).optional() })

/** Files that people make as the answer to a piece. */
export default class AnswerFilesController {
  /** Takes one or more of them. Scripts send them one by one and ask for JSON. */
  async store(ctx: HttpContext) {
    const { i18n, params, request, response, session } = ctx
    const at = await this.#atHand(ctx)
    if (!at) return response.conflict({ message: i18n.t('tasks.lease_lost') })
    await request.validateUsing(uploadValidator)
    const answers: { ok: boolean; message: string }[] = []
    for (const file of request.files('files')) {
      const attached = at.isAsked
        ? await attachFile(at, file.clientName, (await uploaded(file)) ?? Buffer.alloc(0))
        : ({ ok: false, reason: 'no_files_asked' } as const)
      const message = attached.ok ? 'batches.file_attached' : `batches.file_${attached.reason}`
      answers.push({ ok: attached.ok, message: i18n.t(message) })
    }
    if (answers.length === 0) answers.push({ ok: false, message: i18n.t('intake.choose_files') })
    const isRefused = answers.some(({ ok }) => !ok)
    if (request.accepts(['html', 'json']) === 'json') {
      if (isRefused) response.status(422)
      return { files: answers }
    }
    notice(
      session,
      isRefused ? 'warn' : 'good',
      `batches.file_${isRefused ? 'refused' : 'attached'}`
    )
    return response.redirect(`/work/assignments/${params.id}`)
  }

  async destroy(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const at = await this.#atHand(ctx)
    const isGone = at !== null && (await removeAnswerFile(at, params.file))
    if (request.accepts(['html', 'json']) === 'json') return { gone: isGone }
    notice(session, isGone ? 'good' : 'warn', `batches.file_${isGone ? 'removed' : 'stays'}`)
    return response.redirect(`/work/assignments/${params.id}`)
  }

  /** One that an answer has, or will have, for who arranges the work. */
  async show(ctx: HttpContext) {
    const { id, piece, file } = ctx.params
    const user = ctx.auth.getUserOrFail()
    const found = await pieceOfBatch(user, id, Number(piece))
    if (!user.seesProtected && (await pieceShown(found.id)).isApart) return notFound(ctx)
    const opened = await openAnswerFile(found.id, file)
    if (!opened) return notFound(ctx)
    ctx.response.header('Cache-Control', 'no-store')
    ctx.response.header(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(opened.name)}`
    )
    return ctx.response.type('application/octet-stream').send(opened.content)
  }

  /** The piece of one's own lease, while it holds. */
  async #atHand(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    const { kind, subjectId } = assignment.task
    if (!['piece', 'piece_decide'].includes(kind) || !isHeld(assignment)) return null
    const { batchId } = await Piece.findOrFail(subjectId)
    const { definition } = await Batch.findOrFail(batchId)
    return { userId: assignment.userId, pieceId: subjectId, isAsked: definition.files === true }
  }
}
