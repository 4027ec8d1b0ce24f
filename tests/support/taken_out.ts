import { drainFlow } from '#app/flow/sweeper'
import type { Answer, Visitor } from '#tests/support/visitor'

/** Has a file of values made and fetches it; the page that shows it, too. */
export async function takenOut(
  visitor: Visitor,
  wishes: Record<string, string>
): Promise<{ page: Answer; file: Answer; at: string }> {
  const { location } = await visitor.post('/exports', wishes)
  await drainFlow()
  const at = location!
  return { at, page: await visitor.get(at), file: await visitor.get(`${at}/values.csv`) }
}
