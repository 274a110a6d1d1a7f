const [MOMENTUM, SPREAD] = [0.9, 0.99];

/** Adam (Kingma & Ba 2015) on one array of numbers. */
export class Adam {
  private readonly mean: Float32Array;
  private readonly square: Float32Array;
  private steps = 0;

  constructor(private readonly values: Float32Array) {
    this.mean = new Float32Array(values.length);
    this.square = new Float32Array(values.length);
  }

  /** Takes one step against the gradients at that rate. */
  step(gradients: Float32Array, rate: number): void {
    this.steps += 1;
    const [a, b] = [1 - MOMENTUM ** this.steps, 1 - SPREAD ** this.steps];
    for (let i = 0; i < gradients.length; i += 1) {
      const g = gradients[i]!;
      const mean = (this.mean[i] = MOMENTUM * this.mean[i]! + (1 - MOMENTUM) * g);
      const square = (this.square[i] = SPREAD * this.square[i]! + (1 - SPREAD) * g * g);
      if (mean !== 0) this.values[i]! -= (rate * (mean / a)) / (Math.sqrt(square / b) + 1e-6);
    }
  }
}
