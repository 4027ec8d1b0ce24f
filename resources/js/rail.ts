/** Scrolls the menu to where one is: a long one would show only its beginning. */
export function showWhereOneIs(): void {
  const rail = document.querySelector<HTMLElement>('.rail')
  const here = rail?.querySelector<HTMLElement>('[aria-current]')
  if (rail && here) rail.scrollTop = here.offsetTop - rail.clientHeight / 2
}
