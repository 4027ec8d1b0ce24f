import ts from 'typescript'

/** A place where code reads or writes a table. */
export interface TableAccess {
  table: string
  writes: boolean
  path: string
  line: number
}

const WRITES = [
  'into',
  'update',
  'delete',
  'increment',
  'decrement',
  'insert',
  'multiInsert',
  'merge',
]
const CREATES = ['create', 'createMany', 'firstOrCreate', 'updateOrCreate', 'fetchOrCreateMany']
const NAMES_TABLE = ['from', 'table', 'into', 'join', 'leftJoin', 'innerJoin', 'rightJoin']
const RAW_WRITE = /\b(?:insert into|update|delete from)\s+"?(\w+)"?/gi
const RAW_READ = /\b(?:from|join)\s+"?(\w+)"?/gi

/**
 * Every access to a table in a file: by query builders, by SQL in texts, and by models that are created.
 * @param tables the names that are tables
 * @param models the table of each model, by its class
 */
export function tableAccesses(
  { path, text }: { path: string; text: string },
  tables: Set<string>,
  models: Map<string, string>
): TableAccess[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: TableAccess[] = []
  const add = (table: string | undefined, writes: boolean, node: ts.Node) => {
    if (!table || !tables.has(table)) return
    const { line } = file.getLineAndCharacterOfPosition(node.getStart())
    found.push({ table, writes, path, line: line + 1 })
  }
  const helpers = helpersOf(file)
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const name = node.expression.name.text
      const [first] = node.arguments
      if (NAMES_TABLE.includes(name) && first && ts.isStringLiteralLike(first))
        add(first.text.split(/[\s.]/)[0], false, node)
      if (WRITES.includes(name)) add(rootTable(node, helpers, models), true, node)
      const target = node.expression.expression
      if (CREATES.includes(name) && ts.isIdentifier(target))
        add(models.get(target.text), true, node)
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const sql = node.getText()
      for (const [, table] of sql.matchAll(RAW_WRITE)) add(table, true, node)
      for (const [, table] of sql.matchAll(RAW_READ)) add(table, false, node)
      return ts.isTemplateExpression(node) ? ts.forEachChild(node, visit) : undefined
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** What a chain of calls begins with: `trx.from('slots').where(…).update(…)` writes slots. */
function rootTable(
  call: ts.CallExpression,
  helpers: Map<string, ts.Node>,
  models: Map<string, string>,
  seen: string[] = []
): string | undefined {
  let at: ts.Expression = call
  for (;;) {
    if (ts.isCallExpression(at)) {
      const { expression } = at
      if (ts.isPropertyAccessExpression(expression)) {
        const { name, expression: target } = expression
        const [first] = at.arguments
        if (['from', 'table', 'into'].includes(name.text) && first && ts.isStringLiteralLike(first))
          return first.text.split(/[\s.]/)[0]
        if (name.text === 'query' && ts.isIdentifier(target)) return models.get(target.text)
        at = target
      } else if (ts.isIdentifier(expression)) {
        const helper = helpers.get(expression.text)
        if (!helper || seen.includes(expression.text)) return undefined
        return tableIn(helper, helpers, models, [...seen, expression.text])
      } else at = expression
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression
    else if (ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at)) at = at.expression
    else return undefined
  }
}

/** The table that a helper's query is of. */
function tableIn(
  helper: ts.Node,
  helpers: Map<string, ts.Node>,
  models: Map<string, string>,
  seen: string[]
): string | undefined {
  let table: string | undefined
  const visit = (node: ts.Node): void => {
    if (table) return
    if (ts.isCallExpression(node)) table = rootTable(node, helpers, models, seen)
    if (!table) ts.forEachChild(node, visit)
  }
  visit(helper)
  return table
}

/** Functions of a file by their names. */
function helpersOf(file: ts.SourceFile): Map<string, ts.Node> {
  const helpers = new Map<string, ts.Node>()
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name && node.body)
      helpers.set(node.name.text, node.body)
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer &&
      ts.isArrowFunction(node.initializer)
    )
      helpers.set(node.name.text, node.initializer.body)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return helpers
}
