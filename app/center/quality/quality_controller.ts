import type { HttpContext } from '@adonisjs/core/http'
import {
  accuracyOf,
  accuracyOfPeople,
  OWN_FIRST_DAYS,
  qualityOfServices,
} from '#app/center/quality/quality'

/** Figures of quality: what was handed over and looked at again; how sure people are, their own for themselves first. */
export default class QualityController {
  /** A leader's. */
  async index({ view }: HttpContext) {
    return view.render('center/quality', {
      services: await qualityOfServices(),
      people: await accuracyOfPeople(),
      days: OWN_FIRST_DAYS,
    })
  }

  /** One's own. */
  async own({ auth, view }: HttpContext) {
    return view.render('center/accuracy', {
      kinds: await accuracyOf(auth.getUserOrFail().id),
      days: OWN_FIRST_DAYS,
    })
  }
}
