// What needs a script is shown only where one runs; everything else works without.
document.documentElement.classList.add('scripted');
