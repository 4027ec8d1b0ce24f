import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { noteCopied } from '#app/handover/connectors/by_hand/note_copied'
import { isHeld, ownAssignment } from '#app/tasks/own_assignment'

const copyValidator = vine.create({ field: vine.string().maxLength(100) })

/** Values that somebody copies on their way into a site of others. */
export default class CopiedValuesController {
  async store(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    const { field } = await ctx.request.validateUsing(copyValidator)
    if (!isHeld(assignment)) return ctx.response.conflict()
    const isNoted = await noteCopied(ctx.auth.getUserOrFail(), assignment, field)
    return isNoted ? ctx.response.noContent() : ctx.response.notFound()
  }
}
