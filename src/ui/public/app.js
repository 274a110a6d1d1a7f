// What needs a script is shown only where one runs; everything else works without.
document.documentElement.classList.add('scripted');

// On a narrow screen the menu scrolls sideways: the page one is on must not be out of sight.
const here = document.querySelector('.menu [aria-current]');
const menu = here?.closest('ul');
if (menu && menu.scrollWidth > menu.clientWidth)
  menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
