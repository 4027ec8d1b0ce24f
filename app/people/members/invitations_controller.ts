import type { HttpContext } from '@adonisjs/core/http'
import { invite, inviteByMail } from '#app/people/members/invite'
import { uninvited } from '#app/people/members/list_people'
import { peopleOf } from '#app/people/members/people_of'
import { idIn } from '#app/people/members/user_form'
import type User from '#app/people/user'
import { notice } from '#app/core/notice'
import { originOf } from '#app/core/origin'

/** Invitations to log in, on paper or by mail. */
export default class InvitationsController {
  /** Returns the sheet with a password for one time; what they had before opens nothing from now on. */
  async print(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const other = await personOf(ctx)
    const address = addressOf(request)
    const pdf = await invite(auth.getUserOrFail(), [other.id], address)
    if (!pdf) {
      notice(session, 'bad', 'people.problem_more_than_own')
      return response.redirect(`/people/${other.id}`)
    }
    response.header('Content-Disposition', 'inline; filename="invitation.pdf"')
    return response.type('application/pdf').send(pdf)
  }

  /** Mails what the sheet says, to who has an address. */
  async mail(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const other = await personOf(ctx)
    const isMailed = await inviteByMail(auth.getUserOrFail(), other.id, addressOf(request))
    notice(
      session,
      isMailed ? 'good' : 'warn',
      isMailed ? 'people.invited_by_mail' : 'people.no_mail'
    )
    return response.redirect(`/people/${other.id}`)
  }

  /** Returns the sheets of those who have no password yet, of one organization; so many at once. */
  async printAll({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const organization = idIn(request.input('organization')) ?? user.organizationId
    const waiting = await uninvited(user, organization)
    const pdf = await invite(user, waiting, addressOf(request))
    if (!pdf) {
      notice(session, 'warn', 'people.nobody_to_invite')
      return response.redirect('/people')
    }
    response.header('Content-Disposition', 'inline; filename="invitations.pdf"')
    return response.type('application/pdf').send(pdf)
  }
}

function personOf({ auth, params }: HttpContext): Promise<User> {
  return peopleOf(auth.getUserOrFail()).where('users.id', params.id).firstOrFail()
}

/** Returns where the product is reached by whoever asks. */
function addressOf(request: HttpContext['request']): string {
  return `${originOf(request)}/login`
}
