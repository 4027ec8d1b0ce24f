import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { OfferRules, type Thresholds } from '#app/reading/offer_rules'

let shipped: Promise<OfferRules> | undefined

/**
 * Loads what the machine may offer before anybody has keyed anything: thresholds learnt on generated pages
 * (`npm run bench -- recognition --learn`). An installation's own settled work takes their place.
 */
export function shippedRules(): Promise<OfferRules> {
  shipped ??= readFile(app.makePath('resources/recognition/thresholds.json'), 'utf8').then(
    (text) => new OfferRules(JSON.parse(text) as Thresholds)
  )
  return shipped
}
