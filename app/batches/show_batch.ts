import type { HttpContext } from '@adonisjs/core/http'
import { noteSealContext } from '#app/batches/batch'
import type Batch from '#app/batches/batch'
import { leadersThere } from '#app/batches/batch_choices'
import { batchProgress, contributionsTo } from '#app/batches/batch_progress'
import { PRIORITIES } from '#app/batches/batch_validator'
import { leftOutWords } from '#app/batches/left_out_words'
import { deemedDays } from '#app/batches/accept_silently'
import { listPieces, PIECE_STATES } from '#app/batches/pieces/list_pieces'
import { openTeams, teamNames } from '#app/batches/teams/list_teams'
import { organizationNames } from '#app/people/organization_names'
import User from '#app/people/user'
import { today } from '#app/core/clock'
import { openSealer } from '#app/core/sealing'
import { afterNumber } from '#app/batches/pieces/list_pieces'

/** Opens why the client sent a batch back; null where it didn't. */
async function noteOf({ id, dataKeyId, note, contentsRemovedAt }: Batch): Promise<string | null> {
  if (!note || contentsRemovedAt) return null
  return (await openSealer(dataKeyId)).openText(noteSealContext(id), note)
}

/** The plan of a batch as its form names it. */
function plannedNow({ title, dueOn, leaderId, teamId, priority }: Batch): Record<string, unknown> {
  return {
    title,
    due_on: dueOn,
    leader_id: leaderId,
    team_id: teamId,
    first: priority > PRIORITIES.usual,
  }
}

/** Renders a batch: what it consists of, how far it is, who did what, its pieces. */
export async function showBatch(
  { auth, i18n, request, view }: HttpContext,
  batch: Batch,
  extra: Record<string, unknown> = {}
): Promise<string> {
  const user = auth.getUserOrFail()
  const arranges = user.may('work.arrange')
  const { state } = request.qs()
  const shownState = PIECE_STATES.find((one) => one === state) ?? null
  const after = afterNumber(request.qs())
  const { pieces, hasMore } = await listPieces(batch, {
    state: shownState,
    after,
    withNames: arranges,
  })
  return view.render('batches/show', {
    batch,
    arranges,
    // A client reads what came of it, not how it is gone about.
    contributions: arranges ? await contributionsTo(batch.id) : [],
    progress: await batchProgress(batch),
    clientName: (await organizationNames()).get(batch.clientId),
    leader: arranges ? await User.find(batch.leaderId) : null,
    leaders: arranges ? await leadersThere() : [],
    teams: arranges ? await openTeams() : [],
    team: batch.teamId ? (await teamNames()).get(batch.teamId) : null,
    planned: plannedNow(batch),
    today: today(),
    isGone: batch.contentsRemovedAt !== null,
    note: await noteOf(batch),
    isLate: batch.dueOn < today() && !['delivered', 'accepted', 'canceled'].includes(batch.state),
    pieces,
    shownState,
    states: PIECE_STATES,
    isFirst: after === 0,
    next: hasMore ? pieces.at(-1)!.number : null,
    leftOut: (reason: string) => leftOutWords(i18n, reason),
    deemedDays: await deemedDays.value(),
    problem: null,
    ...extra,
  })
}
