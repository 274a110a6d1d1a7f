import { Sample } from './sample.js';

const Buttons = () => (
  <Sample name="button">
    <button type="button" class="primary">
      primary
    </button>
    <button type="button">plain</button>
    <button type="button" class="danger">
      danger
    </button>
    <button type="button" class="plain">
      link
    </button>
    <button type="button" disabled>
      disabled
    </button>
    <a class="button" href="#components">
      a.button
    </a>
  </Sample>
);

const Inputs = ({ at }: { at: string }) => (
  <Sample name="input, select, textarea">
    <input aria-label="input" value="input" />
    <select aria-label="select">
      <option>select</option>
    </select>
    <textarea aria-label="textarea" rows={2}>
      textarea
    </textarea>
    <label class="choice">
      <input type="checkbox" checked /> checkbox
    </label>
    <label class="choice">
      <input type="radio" name={`radio-${at}`} checked /> radio
    </label>
  </Sample>
);

const Tables = () => (
  <Sample name="table">
    <table>
      <thead>
        <tr>
          <th scope="col">th</th>
          <th scope="col" class="number">
            th.number
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>td</td>
          <td class="number">1,234</td>
        </tr>
      </tbody>
    </table>
  </Sample>
);

/** Plain elements as styled, and the classes that pages use on them. */
export function ElementSamples({ at }: { at: string }) {
  return (
    <>
      <Buttons />
      <Sample name="a, kbd, code">
        <a href="#components">link</a> <kbd>Ctrl K</kbd> <code>HORIZON-CL4-2027-01</code>
      </Sample>
      <Inputs at={at} />
      <Sample name=".badge">
        <span class="badge">badge</span> <span class="badge new">new</span>{' '}
        <span class="badge changed">changed</span>
      </Sample>
      <Sample name=".flash, .notice">
        <p class="flash">flash</p>
        <p class="notice">notice</p>
        <p class="notice warn">notice warn</p>
        <p class="notice bad">notice bad</p>
      </Sample>
      <Sample name=".card, dl.facts">
        <div class="card">
          <dl class="facts">
            <dt>dt</dt>
            <dd>dd</dd>
          </dl>
        </div>
      </Sample>
      <Tables />
      <Sample name="del, ins, mark">
        <del>del</del> <ins>ins</ins> <mark>mark</mark>
      </Sample>
    </>
  );
}
