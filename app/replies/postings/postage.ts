import type { Queries } from '#app/core/queries'
import { NumberSetting } from '#app/core/number_setting'

/** The shape of a piece, as the post prices it: はがき, 定形郵便物, 定形外郵便物 (規格内). */
export type Shape = 'postcard' | 'standard' | 'large'

const YEN = { section: 'post', unit: 'yen', min: 1, max: 9_999 } as const
const rate = (name: string, fallback: number) =>
  new NumberSetting({ ...YEN, name: `post.${name}`, fallback })

/** Up to how many grams, and what that costs: of each shape, the lightest first. */
const STEPS: Record<Shape, { upTo: number; rate: NumberSetting }[]> = {
  postcard: [{ upTo: 6, rate: rate('postcard', 85) }],
  standard: [{ upTo: 50, rate: rate('standard_50', 110) }],
  large: [
    { upTo: 50, rate: rate('large_50', 140) },
    { upTo: 100, rate: rate('large_100', 180) },
    { upTo: 150, rate: rate('large_150', 270) },
    { upTo: 250, rate: rate('large_250', 320) },
    { upTo: 500, rate: rate('large_500', 510) },
    { upTo: 1000, rate: rate('large_1000', 750) },
  ],
}

/** The price of a service, beside that of the piece. */
const SERVICES = { registered: rate('registered', 350), recorded: rate('recorded', 210) }

/** The prices of the post, which an administrator keeps (those of October 2024 at first). */
export const postageSettings: NumberSetting[] = [
  ...Object.values(STEPS).flatMap((steps) => steps.map((step) => step.rate)),
  ...Object.values(SERVICES),
]

/** No piece weighs more. */
export const MAX_GRAMS = 1000

export interface Piece {
  envelope: 'long3' | 'square2' | null
  /** of a whole piece */
  grams: number
  mailService: 'ordinary' | keyof typeof SERVICES
}

export interface Postage {
  shape: Shape
  /** grams: the step that the piece falls into */
  upTo: number
  /** yen for one piece with its service */
  each: number
}

/** Finds what pieces cost as the prices stand now; null for what weighs more than the post takes as a letter. */
export async function postageOf(
  { envelope, grams, mailService }: Piece,
  client: Queries
): Promise<Postage | null> {
  const shape = shapeOf(envelope, grams)
  const step = STEPS[shape].find(({ upTo }) => grams <= upTo)
  if (!step) return null
  const beside = mailService === 'ordinary' ? 0 : await SERVICES[mailService].value(client)
  return { shape, upTo: step.upTo, each: (await step.rate.value(client)) + beside }
}

/** A standard letter that is too heavy goes as the next larger. */
function shapeOf(envelope: Piece['envelope'], grams: number): Shape {
  if (envelope === null) return 'postcard'
  return envelope === 'long3' && grams <= STEPS.standard[0].upTo ? 'standard' : 'large'
}
