import { offerPacks } from '#app/batches/packs/offer_packs'
import Pack from '#app/batches/packs/pack'
import { progressOf } from '#app/batches/packs/pack_progress'
import type { WorkPanel } from '#app/tasks/work_panel'

/** The packs that somebody could accept, or the one that they are at. */
export const packPanel: WorkPanel = {
  name: 'packs',
  view: 'batches/offers',

  async load(user, site) {
    const running = await Pack.query().where('userId', user.id).whereNull('endedAt').first()
    if (running) return { running, progress: await progressOf(running), offers: [] }
    const offers = await offerPacks(user, site)
    return offers.length > 0 ? { running: null, progress: null, offers } : null
  },
}
