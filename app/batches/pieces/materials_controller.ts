import type { HttpContext } from '@adonisjs/core/http'
import { workPicture } from '#app/batches/kinds/keep_picture'
import { pieceOfBatch, pictureOf, soundOf } from '#app/batches/pieces/piece_material'
import { isHeld, ownAssignment } from '#app/tasks/own_assignment'
import { notFound } from '#app/core/not_found'

/** Pictures and sounds that pieces are about: for who holds the lease, and for who arranges the work. */
export default class MaterialsController {
  async assignedPicture(ctx: HttpContext) {
    const pieceId = await this.#leased(ctx)
    return this.#send(ctx, pieceId && (await pictureOf(pieceId, Number(ctx.params.number))))
  }

  async assignedSound(ctx: HttpContext) {
    const pieceId = await this.#leased(ctx)
    return this.#send(ctx, pieceId && (await soundOf(pieceId)))
  }

  async picture(ctx: HttpContext) {
    const { id, piece, number } = ctx.params
    const found = await pieceOfBatch(ctx.auth.getUserOrFail(), id, Number(piece))
    return this.#send(ctx, await pictureOf(found.id, Number(number)))
  }

  async sound(ctx: HttpContext) {
    const { id, piece } = ctx.params
    const found = await pieceOfBatch(ctx.auth.getUserOrFail(), id, Number(piece))
    return this.#send(ctx, await soundOf(found.id))
  }

  /** A picture beside instructions; it never changes. */
  async instruction(ctx: HttpContext) {
    const picture = await workPicture(ctx.params.id, ctx.params.picture)
    return this.#send(ctx, picture && { type: 'image/webp', content: picture })
  }

  /** The piece of one's own lease, while it holds. */
  async #leased(ctx: HttpContext): Promise<string | null> {
    const assignment = await ownAssignment(ctx)
    const { kind, subjectId } = assignment.task
    return ['piece', 'piece_decide'].includes(kind) && isHeld(assignment) ? subjectId : null
  }

  #send(ctx: HttpContext, found: { type: string; content: Buffer } | null | '') {
    if (!found) return notFound(ctx)
    ctx.response.header('Cache-Control', 'no-store')
    return ctx.response.type(found.type).send(found.content)
  }
}
