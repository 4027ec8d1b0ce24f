import type { HttpContext } from '@adonisjs/core/http'
import {
  comeBack,
  hasDirectory,
  leaveForDirectory,
  type DirectoryPerson,
  type Journey,
} from '#app/people/directory/directory'
import { findByDirectory } from '#app/people/directory/find_by_directory'
import { enter, recordSignIn } from '#app/people/enter'
import { notFound } from '#app/core/not_found'
import { originOf } from '#app/core/origin'

/** The session's key for what is kept until somebody comes back. */
const JOURNEY = 'directory_journey'

/** Signing in by the city's directory. */
export default class DirectoryController {
  async begin(ctx: HttpContext) {
    const { logger, request, response, session } = ctx
    if (!hasDirectory()) return notFound(ctx)
    const site = request.input('site') === 'home' ? 'home' : 'center'
    try {
      const { url, journey } = await leaveForDirectory(originOf(request), site)
      session.put(JOURNEY, journey)
      return response.redirect(url)
    } catch (error) {
      logger.error({ err: error }, 'the directory can’t be reached')
      return this.#refuse(ctx, 'people.directory_away')
    }
  }

  async end(ctx: HttpContext) {
    const { logger, request, response, session } = ctx
    if (!hasDirectory()) return notFound(ctx)
    const journey: Journey | null = session.pull(JOURNEY, null)
    if (!journey) return this.#refuse(ctx, 'people.directory_again')
    let person: DirectoryPerson
    try {
      person = await comeBack(new URL(request.url(true), originOf(request)), journey)
    } catch (error) {
      logger.warn({ err: error }, 'the directory’s answer was refused')
      return this.#refuse(ctx, 'people.directory_again')
    }
    const user = await findByDirectory(person)
    if (!user) {
      await recordSignIn('login.failed', null)
      return this.#refuse(ctx, 'people.directory_nobody')
    }
    const site = journey.site === 'home' ? 'home' : 'center'
    await enter(ctx, user, site, { hasShownFactors: person.hasShownFactors })
    return response.redirect('/')
  }

  #refuse({ response, view }: HttpContext, problem: string) {
    response.status(422)
    return view.render('people/login', { login: '', problem })
  }
}
