import { Registry } from '#app/core/registry'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'

/** A room's own part of the screen where a person's work begins. */
export interface WorkPanel {
  /** the room */
  name: string
  /** its part of the screen; a component that is given what `load` returns */
  view: string
  /** null where there is nothing to show */
  load(user: User, site: Site): Promise<object | null>
}

/** In the order in which they stand on the screen. */
export const workPanels = new Registry<WorkPanel>('panel of the work screen')
