/** A read page in the order of the stack. */
export interface StackPage {
  id: string
  versionId: string
  /** opaque id of the printed copy; none where a person said which form it is */
  copy: string | null
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
    if (sides.size === group.length) {
      if (group.length === group[0].formPages) plan.forms.push(group)
      else plan.incomplete.push(...group)
    } else pairByOrder(group, pages, plan)
  }
  return plan
}

function pairByOrder(group: StackPage[], stack: StackPage[], plan: StackPlan): void {
  for (let index = 0; index < group.length; ) {
    const size = group[index].formPages
    const run = group.slice(index, index + size)
    const inOrder = run.length === size && run.every((page, offset) => page.formPage === offset + 1)
    const start = stack.indexOf(run[0])
    const adjacent = run.every((page, offset) => stack[start + offset] === page)
    if (inOrder && adjacent) {
      plan.forms.push(run)
      index += size
    } else {
      plan.doubtful.push(group[index])
      index += 1
    }
  }
}
