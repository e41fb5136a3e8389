/* Words of the closed classes, in folded letters. */
#include "name/parts.h"

#define A ISN_ALEF
#define B ISN_BEH
#define D ISN_DAL
#define F ISN_FEH
#define H ISN_HEH
#define J ISN_JEEM
#define K ISN_KAF
#define L ISN_LAM
#define M ISN_MEEM
#define N ISN_NOON
#define Q ISN_QAF
#define R ISN_REH
#define S ISN_SEEN
#define W ISN_WAW
#define Y ISN_YEH
#define AIN ISN_AIN

/* Read through isn_fold, so that hamza seats and final ya needn't be right here. */
static const uint8_t letters[ISN_W_COUNT][12] = {
    [ISN_W_FI] = {F, Y},
    [ISN_W_LADA] = {L, D, ISN_ALEF_MAKSURA},
    [ISN_W_BISM] = {B, A, S, M},
    [ISN_W_AN] = {AIN, N},
    [ISN_W_ILA] = {A, L, ISN_ALEF_MAKSURA},
    [ISN_W_MIN] = {M, N},
    [ISN_W_ALA] = {AIN, L, ISN_ALEF_MAKSURA},
    [ISN_W_BIN] = {B, N},
    [ISN_W_IBN] = {A, B, N},
    [ISN_W_BINT] = {B, N, ISN_TEH},
    [ISN_W_AL_FAMILY] = {A, L},
    [ISN_W_ABU] = {A, B, W},
    [ISN_W_ABI] = {A, B, Y},
    [ISN_W_ABA] = {A, B, A},
    [ISN_W_UMM] = {A, M},
    [ISN_W_WALAD] = {W, L, D},
    [ISN_W_ABD] = {AIN, B, D},
    [ISN_W_SHUUN] = {ISN_SHEEN, ISN_WAW_HAMZA, W, N},
    [ISN_W_SAFIR] = {S, F, Y, R},
    [ISN_W_MULHAQ] = {M, L, ISN_HAH, Q},
    [ISN_W_QUNSUL] = {Q, N, ISN_SAD, L},
    [ISN_W_MURASIL] = {M, R, A, S, L},
    [ISN_W_RAIS] = {R, ISN_YEH_HAMZA, Y, S},
    [ISN_W_MUDIR] = {M, D, Y, R},
    [ISN_W_MANDUB] = {M, N, D, W, B},
    [ISN_W_MUMATHIL] = {M, M, ISN_THEH, L},
    [ISN_W_MABUTH] = {M, B, AIN, W, ISN_THEH},
    [ISN_W_ALLAH] = {A, L, L, H},
    [ISN_W_DIN] = {A, L, D, Y, N},
    [ISN_W_BINIYABA] = {N, Y, A, B, ISN_TEH_MARBUTA},
    [ISN_W_BIWAKALA] = {W, K, A, L, ISN_TEH_MARBUTA},
    [ISN_W_DAWLA] = {D, W, L, ISN_TEH_MARBUTA},
    [ISN_W_DUWAL] = {D, W, L},
    [ISN_W_ISM] = {A, S, M},
    [ISN_W_MAMLAKA] = {M, M, L, K, ISN_TEH_MARBUTA},
    [ISN_W_FIRST] = {A, W, L},
    [ISN_W_FIRST_F] = {A, W, L, ISN_ALEF_MAKSURA},
    [ISN_W_SECOND] = {ISN_THEH, A, N, Y},
    [ISN_W_SECOND_F] = {ISN_THEH, A, N, Y, ISN_TEH_MARBUTA},
    [ISN_W_THIRD] = {ISN_THEH, A, L, ISN_THEH},
    [ISN_W_THIRD_F] = {ISN_THEH, A, L, ISN_THEH, ISN_TEH_MARBUTA},
    [ISN_W_THREE] = {ISN_THEH, L, A, ISN_THEH, ISN_TEH_MARBUTA},
    [ISN_W_TWO] = {A, ISN_THEH, N, Y, N},
    [ISN_W_NORTH] = {ISN_SHEEN, M, A, L},
    [ISN_W_SOUTH] = {J, N, W, B},
    [ISN_W_EAST] = {ISN_SHEEN, R, Q},
    [ISN_W_WEST] = {ISN_GHAIN, R, B},
    [ISN_W_NORTHERN] = {ISN_SHEEN, M, A, L, Y},
    [ISN_W_SOUTHERN] = {J, N, W, B, Y},
    [ISN_W_EASTERN] = {ISN_SHEEN, R, Q, Y},
    [ISN_W_WESTERN] = {ISN_GHAIN, R, B, Y},
    [ISN_W_MASDAR] = {M, ISN_SAD, D, R},
    [ISN_W_RASMI] = {R, S, M, Y},
    [ISN_W_RASMIYA] = {R, S, M, Y, ISN_TEH_MARBUTA},
    [ISN_W_GHAYR] = {ISN_GHAIN, Y, R},
    [ISN_W_UDWA] = {AIN, ISN_DAD, W, A},
    [ISN_W_JIHA] = {J, H, ISN_TEH_MARBUTA},
    [ISN_W_AALAM] = {AIN, A, L, M},
    [ISN_W_ALF] = {A, L, F},
    [ISN_W_ALAF] = {A, L, A, F},
    [ISN_W_MILYUN] = {M, L, Y, W, N},
    [ISN_W_MIAT] = {M, ISN_YEH_HAMZA, A, ISN_TEH},
    [ISN_W_ASHARAT] = {AIN, ISN_SHEEN, R, A, ISN_TEH},
    [ISN_W_BIDA] = {B, ISN_DAD, AIN, ISN_TEH_MARBUTA},
    [ISN_W_BILAD] = {B, L, A, D},
    [ISN_W_UDW] = {AIN, ISN_DAD, W},
    [ISN_W_OTHER] = {A, ISN_KHAH, R},
    [ISN_W_OTHER_F] = {A, ISN_KHAH, R, ISN_ALEF_MAKSURA},
    [ISN_W_OTHERS] = {A, ISN_KHAH, R, W, N},
    [ISN_W_OTHERS_OBLIQUE] = {A, ISN_KHAH, R, Y, N},
    [ISN_W_MUHAFIZ] = {M, ISN_HAH, A, F, ISN_ZAH},
    [ISN_W_NAIB] = {N, A, ISN_YEH_HAMZA, B},
    [ISN_W_HIZB] = {ISN_HAH, ISN_ZAIN, B},
    [ISN_W_AMM] = {AIN, A, M},
    [ISN_W_AMMA] = {AIN, A, M, ISN_TEH_MARBUTA},
    [ISN_W_AHAD] = {A, ISN_HAH, D},
    [ISN_W_MANSIB] = {M, N, ISN_SAD, B},
    [ISN_W_HAQIBA] = {ISN_HAH, Q, Y, B, ISN_TEH_MARBUTA},
    [ISN_W_MEMBERS] = {A, AIN, ISN_DAD, A, ISN_HAMZA},
    [ISN_W_INABA] = {A, N, A, B, ISN_TEH_MARBUTA},
    [ISN_W_MUNTAHIYA] = {M, N, ISN_TEH, H, Y, ISN_TEH_MARBUTA},
    [ISN_W_FARIQ] = {F, R, Y, Q},
    [ISN_W_WA] = {W},
    [ISN_W_ANNA] = {A, N},
    [ISN_W_MUKALLAF] = {M, K, L, F},
    [ISN_W_MUKALLAFA] = {M, K, L, F, ISN_TEH_MARBUTA},
};

void isn_closed_fill(uint32_t words[ISN_W_COUNT], const isn_lexicon *lexicon)
{
    for (int w = 0; w < ISN_W_COUNT; w++) {
        uint8_t key[12];
        size_t n = 0;
        while (n < sizeof key && letters[w][n]) {
            key[n] = isn_fold(letters[w][n]);
            n++;
        }
        words[w] = n ? isn_lexicon_word(lexicon, key, n) : 0;
    }
}
