import { once } from 'node:events'
import { startProgram } from '../../bin/setup/processes.js'

export { startProgram }

/** Runs a program of the project on the tests' database; its exit code. */
export async function runToEnd(
  program: string,
  args: string[],
  environment: Record<string, string>
): Promise<number | null> {
  const [code] = await once(startProgram(program, args, [], environment), 'exit')
  return code as number | null
}
