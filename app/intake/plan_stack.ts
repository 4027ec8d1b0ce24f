/** A read page in the order of the stack. */
export interface StackPage {
  id: string
  /** place in the stack, from 1; pages that could not be read have one as well */
  number: number
  versionId: string
  /** opaque id of the printed copy; none where a person said which form it is */
  copy: string | null
  /** whether several papers carry this id (photocopies of one print) */
  shared: boolean
  formPage: number
  /** how many pages the form has */
  formPages: number
}

export interface StackPlan {
  /** pages of one form each, complete */
  forms: StackPage[][]
  /** pages whose other side was not found: it may be in another file */
  incomplete: StackPage[]
  /** pages of which the stack doesn't tell what belongs together */
  doubtful: StackPage[]
}

/**
 * Finds which pages of a stack are one form. Copies printed with an id of their own find their sides
 * anywhere in the stack; photocopies share an id, and there only sides that follow each other directly
 * in their order belong together. What is in doubt is asked.
 */
export function planStack(pages: StackPage[]): StackPlan {
  const plan: StackPlan = { forms: [], incomplete: [], doubtful: [] }
  const copies = Map.groupBy(pages, (page) => `${page.versionId}/${page.copy ?? page.id}`)
  for (const group of copies.values()) {
    const sides = new Set(group.map((page) => page.formPage))
    if (sides.size !== group.length || group[0].shared) pairByOrder(group, plan)
    else if (group.length === group[0].formPages) plan.forms.push(group)
    else plan.incomplete.push(...group)
  }
  return plan
}

function pairByOrder(group: StackPage[], plan: StackPlan): void {
  const runs = runsInOrder(group)
  runs.forEach((run, index) => {
    const [before, after] = [runs[index - 1], runs[index + 1]]
    // A side left over right beside a pair could belong to it as well: then nothing is certain there.
    const contested = isLoneFront(before) || isLoneBack(after)
    if (run.length === run[0].formPages && !contested) plan.forms.push(run)
    else plan.doubtful.push(...run)
  })
}

/** Whole forms whose sides follow each other directly; what is left over stands alone. */
function runsInOrder(group: StackPage[]): StackPage[][] {
  const runs: StackPage[][] = []
  for (let index = 0; index < group.length; index += runs.at(-1)!.length) {
    const run = group.slice(index, index + group[index].formPages)
    const whole =
      run.length === run[0].formPages &&
      run.every(
        (page, offset) => page.formPage === offset + 1 && page.number === run[0].number + offset
      )
    runs.push(whole ? run : [group[index]])
  }
  return runs
}

function isLoneFront(run: StackPage[] | undefined): boolean {
  return run?.length === 1 && run[0].formPage < run[0].formPages
}

function isLoneBack(run: StackPage[] | undefined): boolean {
  return run?.length === 1 && run[0].formPage > 1
}
