//! Published tables of capture histories.

use super::super::Histories;

/// A table whose counts begin with those on all lists and count down in binary, the first list being
/// the first digit: `111, 110, 101, 100, 011, …`, as Rcapture orders them.
pub fn counting_down(lists: usize, counts: &[u64]) -> Histories {
    let all = (1_usize << lists) - 1;
    let mut cells = vec![0; all + 1];
    for (at, count) in counts.iter().enumerate() {
        let digits = all - at;
        let history = (0..lists).fold(0, |set, list| {
            set | (digits >> (lists - 1 - list) & 1) << list
        });
        cells[history] = *count;
    }
    Histories::new(lists, cells).unwrap()
}

/// A table whose counts count up in binary, the first list being the last digit, as dga orders them.
pub fn counting_up(lists: usize, counts: &[u64]) -> Histories {
    Histories::new(lists, counts.to_vec()).unwrap()
}

/// Killings in Kosovo, March to June 1999, on the lists EXH, ABA, OSCE and HRW (Ball and others 2002).
pub fn kosovo() -> Histories {
    counting_down(
        4,
        &[
            27, 181, 18, 177, 42, 228, 106, 1131, 32, 217, 31, 845, 123, 936, 306,
        ],
    )
}

/// People with HIV in Rome on four lists, 1990 (Abeni, Brancato and Perucci 1994).
pub fn rome() -> Histories {
    counting_down(
        4,
        &[0, 3, 1, 33, 0, 20, 6, 403, 3, 35, 10, 545, 11, 621, 205],
    )
}

/// Snowshoe hares caught on six days (Burnham and Cushwa; Cormack 1989; Agresti 1994): rows are days
/// 6, 5 and 4, columns days 3, 2 and 1, each counting up from 000.
pub fn hares() -> Histories {
    counting_up(
        6,
        &[
            0, 3, 6, 0, 5, 1, 0, 0, //
            3, 2, 3, 0, 0, 1, 0, 0, //
            4, 2, 3, 1, 0, 1, 0, 0, //
            1, 0, 0, 0, 0, 0, 0, 0, //
            4, 1, 1, 1, 2, 0, 2, 0, //
            4, 0, 3, 0, 1, 0, 2, 0, //
            2, 0, 1, 0, 1, 0, 1, 0, //
            1, 1, 1, 0, 0, 0, 1, 2,
        ],
    )
}

/// People with diabetes in Casale Monferrato on four lists (Bruno and others 1994).
pub fn diabetes() -> Histories {
    counting_down(
        4,
        &[
            58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10,
        ],
    )
}

/// A coverage study of a census, three lists (Darroch and others 1993, R3).
pub fn census() -> Histories {
    counting_down(3, &[72, 155, 7, 71, 13, 53, 43])
}

/// Children with spina bifida in upstate New York on three lists (Madigan and York 1997).
pub fn spina_bifida() -> Histories {
    counting_up(3, &[0, 60, 49, 4, 247, 112, 142, 12])
}

/// An example of five lists (Madigan and York 1997).
pub fn five_lists() -> Histories {
    counting_up(
        5,
        &[
            0, 27, 37, 19, 4, 4, 1, 1, 97, 22, 37, 25, 2, 1, 3, 5, 83, 36, 34, 18, 3, 5, 0, 2, 30,
            5, 23, 8, 0, 3, 0, 2,
        ],
    )
}
