import type { Zone } from '#app/catalog/description'
import { cut, inkShare, type GrayImage } from '#app/recognition/gray_image'
import { SCALE } from '#app/recognition/registered_page'

/** Share of ink inside a box from which it counts as marked, and below which as empty. */
const MARKED = 0.045
const EMPTY = 0.018

/** mm of the box's own frame that are left out */
const FRAME = 0.9

export interface ReadMark {
  option: string
  marked: boolean
  /** 0 to 1: how far the ink lies from what could be either */
  confidence: number
}

/** Reads tick boxes by how much of each is inked. */
export function readMarks(page: GrayImage, zones: Zone[]): ReadMark[] {
  return zones.map((zone) => {
    const share = inkShare(
      cut(page, {
        left: (zone.x + FRAME) * SCALE,
        top: (zone.y + FRAME) * SCALE,
        width: (zone.width - 2 * FRAME) * SCALE,
        height: (zone.height - 2 * FRAME) * SCALE,
      })
    )
    const marked = share >= MARKED
    const doubt = share > EMPTY && share < MARKED
    return {
      option: zone.option!,
      marked,
      confidence: doubt ? 0.5 : Math.min(1, 0.8 + Math.abs(share - MARKED) * 2),
    }
  })
}
