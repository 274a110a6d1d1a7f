;; The nearness of vectors to the competences of a profile, eight numbers at a time. Vectors are 16-bit integers with a vector length of at
;; most 32767, so that no sum of products exceeds 32 bits; each starts at a multiple of 16 bytes and is padded with zeros.
(module
  (import "kept" "memory" (memory 1))
  ;; For each of $count vectors from $unit on, writes to $out (32-bit floats) the maximum, over the $rows vectors at $row, of their product
  ;; times the row's scale, minus the row's shift. $scale: scale and shift, a pair of 32-bit floats per row. $stride: bytes per vector.
  (func (export "greatest") (param $unit i32) (param $count i32) (param $stride i32) (param $row i32) (param $rows i32) (param $scale i32) (param $out i32)
    (local $end i32) (local $lastrow i32) (local $r i32) (local $s i32) (local $k i32) (local $best f32) (local $near f32) (local $sum v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $lastrow (i32.add (local.get $row) (i32.mul (local.get $rows) (local.get $stride))))
    (loop $units
      (local.set $best (f32.const -inf))
      (local.set $r (local.get $row))
      (local.set $s (local.get $scale))
      (loop $all
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $k (i32.const 0))
        (loop $along
          (local.set $sum (i32x4.add (local.get $sum) (i32x4.dot_i16x8_s
            (v128.load (i32.add (local.get $unit) (local.get $k)))
            (v128.load (i32.add (local.get $r) (local.get $k))))))
          (local.set $k (i32.add (local.get $k) (i32.const 16)))
          (br_if $along (i32.lt_u (local.get $k) (local.get $stride))))
        (local.set $near (f32.sub
          (f32.mul
            (f32.convert_i32_s (i32.add
              (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
              (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
            (f32.load (local.get $s)))
          (f32.load offset=4 (local.get $s))))
        (local.set $best (f32.max (local.get $best) (local.get $near)))
        (local.set $s (i32.add (local.get $s) (i32.const 8)))
        (local.set $r (i32.add (local.get $r) (local.get $stride)))
        (br_if $all (i32.lt_u (local.get $r) (local.get $lastrow))))
      (f32.store (local.get $out) (local.get $best))
      (local.set $unit (i32.add (local.get $unit) (local.get $stride)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $units (i32.lt_u (local.get $out) (local.get $end))))))
