import type { HttpContext } from '@adonisjs/core/http'
import { redoValidator } from '#app/batches/batch_validator'
import { leftOutWords } from '#app/batches/left_out_words'
import { ownBatch } from '#app/batches/own_batch'
import { pieceHistory } from '#app/batches/pieces/piece_history'
import { pieceOfBatch } from '#app/batches/pieces/piece_material'
import { pieceShown } from '#app/batches/pieces/piece_shown'
import { redoPiece } from '#app/batches/pieces/redo_piece'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'

/** One piece of a batch, for who arranges the work: what was handed in, what each answered, what stands. */
export default class PiecesController {
  async show(ctx: HttpContext) {
    const { auth, i18n, params, view } = ctx
    const user = auth.getUserOrFail()
    const { id } = await pieceOfBatch(user, params.id, Number(params.piece))
    if ((await ownBatch(user, params.id)).contentsRemovedAt) return notFound(ctx)
    const shown = await pieceShown(id)
    if (shown.isApart && !user.seesProtected) return notFound(ctx)
    return view.render('batches/shown_piece', {
      ...shown,
      history: await pieceHistory(user, shown.piece),
      leftOut: (reason: string) => leftOutWords(i18n, reason),
    })
  }

  async redo(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const piece = await pieceOfBatch(user, batch.id, Number(params.piece))
    if ((await pieceShown(piece.id)).isApart && !user.seesProtected) return notFound(ctx)
    const { why } = await request.validateUsing(redoValidator)
    const isAgain = await redoPiece(user, piece.id, why)
    notice(session, isAgain ? 'good' : 'warn', `batches.${isAgain ? 'redone' : 'overtaken'}`)
    return response.redirect(`/batches/${batch.id}/pieces/${piece.number}`)
  }
}
